commendation-object-unit = Commending a collective must say which. Fill in “Collective”.
commendation-one-object = A row has one object. This one commends a collective: take the person’s name out and give the person a row of their own.
commendation-year = The year of the merit, { $year }, is after the decision of { $day }. Correct the year or the day.
