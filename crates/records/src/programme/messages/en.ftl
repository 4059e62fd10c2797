programme-theme-year = A theme of the year needs its year. Write the year of the theme.
programme-plan-year = The plan of { $year } was issued on { $day }: it can only be from the year before to the end of { $year }. Correct the year or the day of issue.
programme-task-result = A task that is done needs its result. Write the result, or clear the day it was done.
programme-task-quarter = Month { $month } is not in quarter { $quarter }. Correct either, or leave the quarter empty.
programme-breakthrough-evidence = What is solved needs its evidence. Name the document, the figures or the address.
programme-breakthrough-year = It was solved on { $day }, before the year { $year } it was chosen for. Correct the day or the year.
