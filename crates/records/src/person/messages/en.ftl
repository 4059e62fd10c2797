person-too-young = Joined the Party on { $day } before the age of { $age } (born { $born }). Check the year of birth and the joining day.
person-official-not-joined = A row with an official day needs the joining day. Add the day of joining the Party.
person-choice-hint = Full name or party card number.
