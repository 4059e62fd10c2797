commitment-why-needed = A commitment kept in part or broken needs its reason.
commitment-result-needed = With a day of review, the result is needed. Write the result, or clear the day.
commitment-year = The commitment of { $year } was registered on { $day }: it can only be from the year before to the end of { $year }. Correct the year or the day.
