account-sign-in-title = Sign in
account-sign-in-lead = Use the account that your unit's administrator gave you.
account-sign-in = Sign in
account-sign-in-failed = You are not signed in yet:
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

account-list-title = Accounts
account-list-lead = The accounts with a role on units that you administer, and those without any role.
account-search = Find a sign-in name
account-find = Find
account-total = { $n ->
    [one] one account
   *[other] { $n } accounts
 }
account-total-cut = { $n } accounts, the first { $shown } shown. Search by name.
account-roles = Present roles
account-role-at = { $role }: { $unit }
account-without-roles = No role yet
account-is-locked = Locked
account-add = Add an account
account-added = The account is added. Now give it a role.
account-name-hint = Letters without marks, digits and . _ - @, such as nguyen.van.an
account-one-title = Account { $name }
account-operator = the operator of the server
account-locked-now = This account is locked: it cannot sign in.
account-not-managed = This account also has a role on a unit that you do not administer, so you can neither set its password nor lock it.
account-no-roles-yet = No role on any unit that you administer yet.
account-given-by = Given by
account-withdraw = Withdraw
account-withdrawn = The role is withdrawn.
account-ended = Roles that have ended
account-grant-title = Give another role
account-grant = Give the role
account-granted = The role is given.
account-unit-hint = Choose from the list, or write the code. The role holds for the units below as well.
account-unit-unknown = There is no unit “{ $typed }” among those you administer. Choose from the list or write its code.
account-grant-from = First day
account-grant-to = Last day
account-grant-past = { $to } is past. Give a day from today on, or leave it empty for no end.
account-grant-already = This role is held already: { $days }. To change its time, withdraw it first.
account-password-tell = Tell the user the new password in person and ask them to change it at once. All their sessions end.
account-password-set-do = Set the new password
account-password-set = The new password is set.
account-lock-title = Lock the account
account-lock-lead = The user is signed out at once and cannot sign in. Everything entered stays; the account can be unlocked.
account-lock = Lock the account
account-locked = The account is locked.
account-unlock-lead = The user can sign in again with the old password and the roles still given.
account-unlock = Unlock
account-unlocked = The account is unlocked.
account-own-lock = You cannot lock your own account. Ask another administrator.
account-own-role = You cannot withdraw your own administrator role. Ask another administrator.
