rating-nothing = There is neither a level nor a title. Fill in at least one of the two.
rating-one-object = This row rates an organisation: take the person’s name out and give the person a row of their own.
rating-title = The object chosen cannot have this title: collective titles are for organisations, personal ones for members. Choose again.
rating-year = The decision of { $day } came before the year rated, { $year }. Correct the year or the day.
