# The language of indicators: what it tells those who write indicators.

# Hints
figures-did-you-mean = Did you mean “{ $suggestion }”?
figures-found = Found “{ $found }”.
figures-ends-early = The expression ends too early here.
figures-one-of = Choose one of: { $list }.
figures-put-in-quotes = If it is a value, put it in quotes: "{ $text }".
figures-word-alone-hint = To count, write count({ $word }); to refer to another indicator, write its whole dotted id.
figures-give-dates = Give dates (from, to) that fit those of the indicator referred to.

# Words, numbers, signs
figures-no-day = “{ $text }” is no day of the calendar; write days as 2024-01-16.
figures-number-decimals = Cannot read the number “{ $text }”: a dot here is the decimal point, with two digits behind it at most. Write large numbers without dots: 1000.
figures-number-large = The number “{ $text }” is too large.
figures-number-letters = “{ $text }” mixes digits and letters; separate or correct them.
figures-text-open = The closing quote is missing: { $text }
figures-sign = The sign “{ $text }” has no meaning in an expression.
figures-too-long = The expression is too long ({ $most } bytes at most); split it into several indicators.
figures-too-deep = Too many brackets inside each other ({ $most } at most); split it into several indicators.
figures-too-many = The expression has too many parts ({ $most } at most); split it into several indicators.
figures-too-many-operations = The expression has too many operations ({ $most } at most); split it into several indicators.

# What is needed here
figures-expected-expression = Here a count is needed (such as count(…)), a number, or the id of another indicator.
figures-expected-operator = After a count, an operation (+ - * /) or the end of the expression is needed.
figures-expected-close = Here a closing bracket “)” is needed.
figures-expected-comma = Here a comma and the second part are needed.
figures-expected-measure = Here the name of what is counted is needed, such as count(inspection).
figures-expected-clause = Here “where”, “own”, “below”, “in”, “to”, “at”, “during”, “per year”, “every year” or a closing bracket “)” is needed.
figures-expected-at = After “at” comes “end” or “start” (of the period).
figures-expected-word = Here the word “{ $word }” is needed.
figures-expected-day = Here a year (2024), a day (2024-01-16), or start, report_day, period_start, period_end is needed.
figures-expected-dim = Here the name of a dimension is needed for the condition.
figures-expected-known = After “is” comes “known” or “unknown”.
figures-expected-value = Here a value is needed: a text in quotes, a whole number, a day, true or false.
figures-last-years = After “in last” a number of years from 1 to 100 is needed, such as “in last 5 years”.
figures-clause-twice = “{ $word }” stands in these brackets already.
figures-period-backwards = The period “{ $from }..{ $to }” ends before it begins.
figures-word-alone = “{ $word }” alone is neither a count nor the id of an indicator.

# Names
figures-unknown-function = There is no function “{ $name }”.
figures-unknown-measure = There is no measure “{ $name }”.
figures-unknown-dim = “{ $measure }” has no dimension “{ $dim }”.
figures-unknown-choice = “{ $value }” is no value of “{ $dim }”.
figures-unknown-indicator = There is no indicator “{ $id }”.
figures-ref-broken = The indicator “{ $id }” has a problem of its own and cannot be used yet.
figures-not-always = The indicator “{ $id }” is in force from a certain day only, this one before that day too.
figures-not-in-force = The indicator “{ $id }” is not in force from { $day }, this one is.
figures-circle = The indicators refer to each other in a circle: { $path }.
figures-refs-deep = Indicators build on each other too many times ({ $most } at most).

# Types
figures-no-amount = “{ $measure }” has no amount, so “{ $function }” cannot be used.
figures-no-persons = “{ $measure }” does not name persons, so “people” cannot count it; use count or units.
figures-at-events = “{ $measure }” happens on one day; “at end”, “at start” and “during” are for what lasts.
figures-per-year = “per year” means nothing with “{ $function }” here: the numbers of the years add up anyway. Use it with people, units, or what is there “at end”, “at start”.
figures-every-year = “every year” goes with people or units only, not with “{ $function }”.
figures-per-and-every = “per year” and “every year” do not go together.
figures-no-flag = “{ $dim }” is not a yes-or-no dimension; compare it with a value.
figures-no-order = “{ $dim }” has no order, so “{ $sign }” cannot be used.
figures-type-text = “{ $dim }” is compared with a text in quotes.
figures-type-int = “{ $dim }” is compared with a whole number.
figures-type-flag = “{ $dim }” is compared with true or false.
figures-type-day = “{ $dim }” is compared with a day, such as 2024-01-16 or report_day.
figures-type-person = “{ $dim }” can only be asked whether it “is known” or “is unknown”.
figures-without-whom = “without” and “within” must know who: both parts must be people(…) or units(…).
figures-without-mixed = The parts of “without” (“within”) must count the same: both people or both units, both with or both without “per year”.
figures-reached-whose = Who was reached is looked for everywhere, so “own” and “below” cannot stand in the second part of “within” and “without”.
figures-previous-fixed = Nothing in “previous(…)” moves with the period: every part has a fixed period of its own.
figures-mixed-sum = Cannot add or subtract { $left ->
        [things] a count
        [years] a count of years
        [amount] an amount
        [percent] a share
       *[number] a number
    } and { $right ->
        [things] a count
        [years] a count of years
        [amount] an amount
        [percent] a share
       *[number] a number
    }.
figures-mixed-product = Cannot multiply { $left ->
        [things] a count
        [years] a count of years
       *[amount] an amount
    } by { $right ->
        [things] a count
        [years] a count of years
       *[amount] an amount
    }.
figures-mixed-quotient = Cannot divide { $left ->
        [things] a count
        [years] a count of years
        [amount] an amount
        [percent] a share
       *[number] a number
    } by { $right ->
        [things] a count
        [years] a count of years
        [amount] an amount
       *[percent] a share
    }.
figures-share-mixed = “share” needs a part and a whole that are both counts or both amounts; here the part is { $part ->
        [things] a count
        [years] a count of years
        [amount] an amount
        [percent] a share
       *[number] a number
    }, the whole { $whole ->
        [things] a count
        [years] a count of years
        [amount] an amount
        [percent] a share
       *[number] a number
    }.
figures-share-nested = No “share” inside “share”; make the inner one an indicator of its own.
figures-excluded-mixed = Who is left out ({ $excluded ->
        [things] a count
        [years] a count of years
        [amount] an amount
        [percent] a share
       *[number] a number
    }) is not of the same kind as the whole ({ $whole ->
        [things] a count
        [years] a count of years
        [amount] an amount
       *[number] a number
    }).

# Splitting
figures-group-number = This indicator is a bare number and cannot be split.
figures-group-year = It cannot be split by year: the count of “{ $measure }” has a period of its own.
figures-group-dim = It cannot be split by “{ $dim }”: “{ $measure }” has no such dimension. It can be split by: { $list }.
figures-group-differs = It cannot be split by “{ $dim }”: the dimension differs between its parts.

# Reckoning and printing
figures-divided-by-nought = Cannot be reckoned: the divisor is 0.
figures-too-large = Cannot be reckoned: the number is too large.
figures-missing = There is no figure yet.
figures-nearly-far = “Nearly” would not be true: the next round number is more than a tenth away.

# Catalogue files
figures-toml = The catalogue file cannot be read: { $text }
figures-toml-top = A catalogue file holds [[indicator]] entries only; “{ $name }” does not belong there.
figures-file-large = The catalogue file is too large ({ $most } bytes at most).
figures-too-many-indicators = Too many indicators ({ $most } at most).
figures-too-many-changes = Definitions change on too many different days ({ $most } at most).
figures-unknown-field = An indicator has no field “{ $field }”.
figures-field-missing = The indicator lacks the field “{ $field }”.
figures-field-text = The field “{ $field }” must be a text.
figures-field-words = The field “{ $field }” needs both languages, not empty: { $field } = {"{"} vi = "…", en = "…" {"}"}.
figures-field-version = The field “{ $field }” must be a whole number from 1.
figures-field-choice = The field “{ $field }” does not take the value “{ $value }”.
figures-field-day = The field “{ $field }” must be a day, such as 2024-01-16.
figures-field-backwards = The field “{ $field }” is a day before the definition comes into force.
figures-id = The id “{ $id }” must be lower-case words joined by dots, such as study.attended.
figures-indicator-twice = The indicator “{ $id }” version { $version } exists already in { $other }.
figures-versions-overlap = The indicator “{ $id }” version { $version } comes into force before the version before it (in { $other }) ends; give that one a day “to”.
figures-format-percent = “percent” prints shares only; this expression is no share(…).
figures-format-money = “money” prints amounts of money only; this expression adds none up.
figures-format-share = This expression is a share; it needs format = "percent".

# Declared measures (for programmers)
figures-measure-name = The name “{ $measure }” cannot be used for a measure.
figures-measure-twice = Two measures are called “{ $measure }”.
figures-measure-dim-name = The dimension “{ $dim }” of “{ $measure }” cannot be called so.
figures-measure-dim-twice = “{ $measure }” has two dimensions called “{ $dim }”.
figures-measure-choice-empty = The dimension “{ $dim }” of “{ $measure }” has no value to choose.
