account-sign-in-title = Sign in
account-sign-in-lead = Use the account that your unit's administrator gave you.
account-sign-in = Sign in
account-name = Sign-in name
account-password = Password
account-forgotten = Forgotten your password? Ask your unit's account administrator to set a new one.
account-wrong = The sign-in name or the password is not right. Check the Vietnamese keyboard and Caps Lock, then try again.
account-wait = Too many wrong tries. Wait { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
 } and sign in again.
account-signed-out = You are signed out.

account-me-title = My account
account-roles-title = What I am charged with
account-role = Role
account-unit = Unit
account-days = Time
account-from = From { $from }
account-from-to = { $from } to { $to }
account-no-roles = This account has no role on any unit yet. Ask the account administrator.
account-role-administrator = Administrator
account-role-officer = Committee officer
account-role-secretary = Cell secretary or committee
account-role-inspector = Inspection officer
account-role-member = Party member
account-role-superior = Level above

account-password-title = Change password
account-password-old = Present password
account-password-new = New password
account-password-again = New password again
account-password-hint = At least 10 characters, without the sign-in name. A few words in a row are easy to remember and hard to guess.
account-password-change = Change password
account-password-changed = The password is changed. Your other sessions have ended.
account-password-short = The new password is too short. Use at least { $least } characters.
account-password-long = The new password is too long. Use at most { $most } characters.
account-password-name = The new password holds the sign-in name and is easy to guess. Choose another one.
account-password-simple = The new password repeats a few characters and is easy to guess. Choose another one.
account-password-differs = The two new passwords are not the same. Type them again.
account-old-wrong = The present password is not right.

account-sessions-title = Where I am signed in
account-device = Device
account-device-unknown = Unknown
account-signed-in = Signed in
account-last-used = Last used
account-this-session = This session
account-end = End
account-end-others = End all other sessions
account-session-ended = The session has ended.

account-name-wrong = A sign-in name has 3 to 60 characters: letters without marks, digits and . _ - @. Choose another one.
account-name-taken = The sign-in name { $name } is taken. Choose another one.
account-grant-backwards = The last day of the role ({ $to }) comes before its first ({ $from }). Put it right.
