contribution-nothing = Write an amount of money, or a thing and its count. Fill in at least one of the two.
contribution-amount = The amount must be more than 0. Leave it empty where there are only things.
contribution-things = There is a thing without its count. Fill in “Count”.
contribution-thing = There is a count but no thing. Choose one in “Thing”.
contribution-sponsor = When the side is the sponsor, the sponsor must be named.
contribution-negative = An expense cannot be negative. Check the amount.
contribution-target = A target is between 0 and 100 %. Check the share.
