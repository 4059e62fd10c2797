# Ngôn ngữ chỉ tiêu: những điều báo cho người viết chỉ tiêu.

# Chỗ gợi ý
figures-did-you-mean = Có phải ý là “{ $suggestion }”?
figures-found = Đang gặp “{ $found }”.
figures-ends-early = Biểu thức kết thúc quá sớm ở đây.
figures-one-of = Chọn một trong: { $list }.
figures-put-in-quotes = Nếu là một giá trị, đặt trong ngoặc kép: "{ $text }".
figures-word-alone-hint = Muốn đếm thì viết count({ $word }); muốn nhắc đến chỉ tiêu khác thì viết đủ mã có dấu chấm.
figures-give-dates = Ghi ngày hiệu lực (from, to) sao cho khớp với chỉ tiêu được nhắc đến.

# Chữ, số, dấu
figures-no-day = “{ $text }” không phải là một ngày có thật; viết ngày theo dạng 2024-01-16.
figures-number-decimals = Không đọc được số “{ $text }”: dấu chấm ở đây là dấu thập phân, nhiều nhất hai chữ số sau dấu. Số lớn viết liền: 1000.
figures-number-large = Số “{ $text }” quá lớn.
figures-number-letters = “{ $text }” dính cả số lẫn chữ; cần cách ra hoặc sửa lại.
figures-text-open = Thiếu dấu đóng ngoặc kép cho { $text }
figures-sign = Ký hiệu “{ $text }” không dùng trong biểu thức.
figures-too-long = Biểu thức quá dài (nhiều nhất { $most } byte); hãy tách thành nhiều chỉ tiêu.
figures-too-deep = Quá nhiều lớp ngoặc lồng nhau (nhiều nhất { $most }); hãy tách thành nhiều chỉ tiêu.
figures-too-many = Biểu thức có quá nhiều phần (nhiều nhất { $most }); hãy tách thành nhiều chỉ tiêu.
figures-too-many-operations = Biểu thức có quá nhiều phép tính (nhiều nhất { $most }); hãy tách thành nhiều chỉ tiêu.

# Cần gì ở đây
figures-expected-expression = Ở đây cần một phép đếm (ví dụ count(…)), một số, hoặc mã của một chỉ tiêu khác.
figures-expected-operator = Sau một phép đếm cần một phép tính (+ - * /) hoặc kết thúc biểu thức.
figures-expected-close = Ở đây cần dấu đóng ngoặc “)”.
figures-expected-comma = Ở đây cần dấu phẩy và phần thứ hai.
figures-expected-measure = Ở đây cần tên của loại việc được đếm, ví dụ count(inspection).
figures-expected-clause = Ở đây cần “where”, “own”, “below”, “in”, “to”, “at”, “during”, “per year”, “every year” hoặc dấu đóng ngoặc “)”.
figures-expected-at = Sau “at” phải là “end” (cuối kỳ) hoặc “start” (đầu kỳ).
figures-expected-word = Ở đây cần từ “{ $word }”.
figures-expected-day = Ở đây cần một năm (2024), một ngày (2024-01-16), hoặc start, report_day, period_start, period_end.
figures-expected-dim = Ở đây cần tên một đặc điểm để đặt điều kiện.
figures-expected-known = Sau “is” phải là “known” (đã ghi) hoặc “unknown” (chưa ghi).
figures-expected-value = Ở đây cần một giá trị: chữ trong ngoặc kép, số nguyên, ngày, true hoặc false.
figures-last-years = Sau “in last” cần số năm từ 1 đến 100, ví dụ “in last 5 years”.
figures-clause-twice = “{ $word }” đã được ghi một lần trong ngoặc này.
figures-period-backwards = Kỳ “{ $from }..{ $to }” kết thúc trước khi bắt đầu.
figures-word-alone = “{ $word }” đứng một mình không phải là phép đếm, cũng không phải mã chỉ tiêu.

# Tên gọi
figures-unknown-function = Không có phép tính tên “{ $name }”.
figures-unknown-measure = Không có loại việc nào tên “{ $name }”.
figures-unknown-dim = “{ $measure }” không có đặc điểm “{ $dim }”.
figures-unknown-choice = “{ $value }” không phải là giá trị của “{ $dim }”.
figures-unknown-indicator = Không có chỉ tiêu nào mang mã “{ $id }”.
figures-ref-broken = Chỉ tiêu “{ $id }” đang có lỗi nên chưa dùng được.
figures-not-always = Chỉ tiêu “{ $id }” chỉ có hiệu lực từ một ngày nhất định, còn chỉ tiêu này thì có hiệu lực cả trước đó.
figures-not-in-force = Chỉ tiêu “{ $id }” không có hiệu lực từ ngày { $day }, còn chỉ tiêu này thì vẫn có.
figures-circle = Các chỉ tiêu nhắc đến nhau thành vòng tròn: { $path }.
figures-refs-deep = Các chỉ tiêu dựa lên nhau quá nhiều tầng (nhiều nhất { $most }).

# Kiểu
figures-no-amount = “{ $measure }” không có số lượng tiền, ngày công… nên không dùng được “{ $function }”.
figures-no-persons = “{ $measure }” không ghi từng người nên không đếm được “people”; dùng count hoặc units.
figures-at-events = “{ $measure }” là việc xảy ra trong một ngày; “at end”, “at start”, “during” chỉ dùng cho điều kéo dài.
figures-per-year = “per year” không có nghĩa với “{ $function }” ở đây: số của các năm tự cộng lại. Dùng với people, units, hoặc số có mặt “at end”, “at start”.
figures-every-year = “every year” chỉ dùng với people hoặc units, không dùng với “{ $function }”.
figures-per-and-every = “per year” và “every year” không đi cùng nhau.
figures-no-flag = “{ $dim }” không phải là đặc điểm có/không; hãy so sánh nó với một giá trị.
figures-no-order = “{ $dim }” không có thứ tự lớn nhỏ nên không dùng được dấu “{ $sign }”.
figures-type-text = “{ $dim }” phải so sánh với chữ trong ngoặc kép.
figures-type-int = “{ $dim }” phải so sánh với số nguyên.
figures-type-flag = “{ $dim }” phải so sánh với true hoặc false.
figures-type-day = “{ $dim }” phải so sánh với một ngày, ví dụ 2024-01-16 hoặc report_day.
figures-type-person = “{ $dim }” chỉ hỏi được “is known” hoặc “is unknown”.
figures-without-whom = “without” và “within” cần biết là ai: cả hai phần phải là people(…) hoặc units(…).
figures-without-mixed = Hai phần của “without” (“within”) phải đếm cùng một thứ: cùng people hoặc cùng units, cùng có hoặc cùng không có “per year”.
figures-reached-whose = Phần “những ai đã có” của “within”, “without” tính ở mọi đơn vị, nên không dùng “own”, “below” ở đó.
figures-previous-fixed = Trong “previous(…)” không có gì thay đổi theo kỳ: mọi phần đã ghi kỳ cố định.
figures-mixed-sum = Không cộng, trừ được { $left ->
        [things] số đếm
        [years] số năm-người (năm-tổ chức)
        [amount] số tiền (số lượng)
        [percent] tỷ lệ
       *[number] một số
    } với { $right ->
        [things] số đếm
        [years] số năm-người (năm-tổ chức)
        [amount] số tiền (số lượng)
        [percent] tỷ lệ
       *[number] một số
    }.
figures-mixed-product = Không nhân được { $left ->
        [things] số đếm
        [years] số năm-người (năm-tổ chức)
       *[amount] số tiền (số lượng)
    } với { $right ->
        [things] số đếm
        [years] số năm-người (năm-tổ chức)
       *[amount] số tiền (số lượng)
    }.
figures-mixed-quotient = Không chia được { $left ->
        [things] số đếm
        [years] số năm-người (năm-tổ chức)
        [amount] số tiền (số lượng)
        [percent] tỷ lệ
       *[number] một số
    } cho { $right ->
        [things] số đếm
        [years] số năm-người (năm-tổ chức)
        [amount] số tiền (số lượng)
       *[percent] tỷ lệ
    }.
figures-share-mixed = “share” cần phần và toàn bộ cùng là số đếm hoặc cùng là số tiền; ở đây phần là { $part ->
        [things] số đếm
        [years] số năm-người (năm-tổ chức)
        [amount] số tiền (số lượng)
        [percent] tỷ lệ
       *[number] một số
    }, toàn bộ là { $whole ->
        [things] số đếm
        [years] số năm-người (năm-tổ chức)
        [amount] số tiền (số lượng)
        [percent] tỷ lệ
       *[number] một số
    }.
figures-share-nested = Không viết “share” trong “share”; hãy đặt tỷ lệ bên trong thành một chỉ tiêu riêng.
figures-excluded-mixed = Phần loại trừ ({ $excluded ->
        [things] số đếm
        [years] số năm-người (năm-tổ chức)
        [amount] số tiền (số lượng)
        [percent] tỷ lệ
       *[number] một số
    }) không cùng loại với toàn bộ ({ $whole ->
        [things] số đếm
        [years] số năm-người (năm-tổ chức)
        [amount] số tiền (số lượng)
       *[number] một số
    }).

# Chia nhỏ
figures-group-number = Chỉ tiêu này chỉ là một số, không chia nhỏ được.
figures-group-year = Không chia theo năm được: phần đếm “{ $measure }” đã có kỳ riêng.
figures-group-dim = Không chia theo “{ $dim }” được: “{ $measure }” không có đặc điểm này. Có thể chia theo: { $list }.
figures-group-differs = Không chia theo “{ $dim }” được: đặc điểm này khác nhau giữa các phần của chỉ tiêu.

# Tính và in
figures-divided-by-nought = Không tính được: số chia bằng 0.
figures-too-large = Không tính được: số quá lớn.
figures-missing = Chưa có số liệu.
figures-nearly-far = Không viết “gần” được: số tròn tiếp theo cách xa hơn một phần mười.

# Tệp danh mục
figures-toml = Không đọc được tệp danh mục: { $text }
figures-toml-top = Tệp danh mục chỉ có các mục [[indicator]]; “{ $name }” không thuộc về đó.
figures-file-large = Tệp danh mục quá lớn (nhiều nhất { $most } byte).
figures-too-many-indicators = Quá nhiều chỉ tiêu (nhiều nhất { $most }).
figures-too-many-changes = Định nghĩa thay đổi vào quá nhiều ngày khác nhau (nhiều nhất { $most }).
figures-unknown-field = Chỉ tiêu không có mục “{ $field }”.
figures-field-missing = Chỉ tiêu thiếu mục “{ $field }”.
figures-field-text = Mục “{ $field }” phải là chữ.
figures-field-words = Mục “{ $field }” cần cả hai thứ tiếng, không để trống: { $field } = {"{"} vi = "…", en = "…" {"}"}.
figures-field-version = Mục “{ $field }” phải là số nguyên từ 1.
figures-field-choice = Mục “{ $field }” không nhận giá trị “{ $value }”.
figures-field-day = Mục “{ $field }” phải là một ngày, ví dụ 2024-01-16.
figures-field-backwards = Mục “{ $field }” là ngày trước khi định nghĩa bắt đầu có hiệu lực.
figures-id = Mã “{ $id }” phải gồm các từ thường không dấu nối bằng dấu chấm, ví dụ study.attended.
figures-indicator-twice = Chỉ tiêu “{ $id }” phiên bản { $version } đã có trong { $other }.
figures-versions-overlap = Chỉ tiêu “{ $id }” phiên bản { $version } có hiệu lực khi phiên bản trước (trong { $other }) chưa hết hiệu lực; ghi ngày “to” cho phiên bản trước.
figures-format-percent = “percent” chỉ in tỷ lệ; biểu thức này không phải là share(…).
figures-format-money = “money” chỉ in số tiền; biểu thức này không cộng số tiền nào.
figures-format-share = Biểu thức này là tỷ lệ; cần format = "percent".

# Khai báo loại việc (dành cho người lập trình)
figures-measure-name = Tên “{ $measure }” không dùng được cho loại việc.
figures-measure-twice = Hai loại việc cùng tên “{ $measure }”.
figures-measure-dim-name = Tên đặc điểm “{ $dim }” của “{ $measure }” không dùng được.
figures-measure-dim-twice = “{ $measure }” có hai đặc điểm cùng tên “{ $dim }”.
figures-measure-choice-empty = Đặc điểm “{ $dim }” của “{ $measure }” không có giá trị nào để chọn.
