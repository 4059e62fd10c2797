account-sign-in-title = Sign in
account-sign-in-lead = Use the sign-in name you were given and the password you chose.
account-sign-in = Sign in
account-sign-in-failed = You are not signed in yet:
account-name = Sign-in name
account-password = Password
account-forgotten = Forgotten your password? Ask your cell's secretary or the account administrator for a link to set a new one.
account-wrong = The sign-in name or the password is not right. Check the Vietnamese keyboard and Caps Lock, then try again.
account-wait = Too many wrong tries. Wait { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
 } and sign in again.
account-signed-out = You are signed out.

account-me-title = My account
account-my-data = My data
account-my-mail = Notices by mail
account-mails = Notices that wait
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

account-invite-title = Choose a password to come in
account-reset-title = Choose a new password
account-person = Name
account-invite-other = Choosing a password here signs out the account
account-invite-keep = Write this sign-in name down. From now on you come in with it and the password you choose below.
account-invite-clears = The codes of your old telephone will not be asked for any more.
account-rule = The password must:
account-rule-length = have at least 10 characters (letters, digits and blanks are all fine);
account-rule-name = not hold the sign-in name;
account-rule-words = be easy for you to remember and hard for others to guess. A few words in a row, a short sentence, are good.
account-password-repeat = Password again
account-invite-do = Set the password and come in
account-invite-done = The password is set. You are signed in.

account-link = Link to set the password
account-link-title = A link for { $name }
account-links-title = { $n ->
    [one] One link
   *[other] { $n } links
 } to invite members
account-link-once = The links are shown once, on this page. Let each person scan theirs with a telephone, print them, or send each to its person only.
account-link-how = Scan the code with a telephone's camera, or open the link, and choose a password.
account-link-until = Works once, until
account-link-qr = QR code that opens the link of { $name }
account-link-print = Print
account-link-back = Handed over, go back
account-link-home = Home
account-link-dead-title = This link does not work
account-link-unknown = There is no such link. Part of the address may be missing: scan the QR code, or open exactly the link you were given.
account-link-used = This link has served to set the password. Sign in with the sign-in name and that password.
account-link-ended = A newer link has taken the place of this one. Use the last one you were given.
account-link-expired = This link worked until { $until } and is over.
account-link-ask-unit = If you cannot come in, ask the secretary of { $unit } or the account administrator for a new link.
account-link-ask = If you cannot come in, ask your cell's secretary or the account administrator for a new link.
account-link-invite-lead = The user opens the link and chooses the password. It works once, for 7 days; earlier links end.
account-link-help-lead = For a user who forgot the password: they open the link and choose a new one. The old one holds until then.
account-add-invite = Add and get a link
account-add-invite-hint = With a link no password is needed here: the user chooses it on opening the link.

account-members-title = Members' accounts
account-members-lead = Invite the unit's members, and help those who forgot the password.
account-members-all = Invite all
account-members-waiting = Without an account, or with an invitation that is over:
account-members-unopened = Invite again those who have not opened their link (the old link ends)
account-members-again = Invite all again who have not opened their link
account-members-again-lead = Invited and not opened yet (with a new link the old one ends):
account-members-none-waits = Nobody is left to invite. For a new link use “Invite again”.
account-members-nobody = No member belongs to this unit directly.
account-members-below = Units below
account-member-state = State
account-member-do = To do
account-member-none = No account yet
account-member-invited = Invited
account-member-until = The link works until { $until }
account-member-expired = The invitation is over
account-member-no-password = No password yet
account-member-never = Never signed in
account-member-active = In use
account-member-last = Last signed in { $at }
account-member-invite = Invite
account-member-again = Invite again
account-member-help = Help to sign in
account-member-locked = The account is locked, ask the administrator.
account-member-above = Holds more than a member's role, ask the administrator.
account-member-has-account = This person has a password. If it is forgotten, use “Help to sign in”.

account-help-title = Help { $name } to sign in
account-help-lead = Makes a link by which this person chooses a new password. Nobody else learns it.
account-help-old = The old password holds until the new one is set.
account-help-sessions = When the new one is set, all sessions of this person end.
account-help-told = This person sees on their account's page who gave the link, when and why.
account-help-clears = Also turn off the code of the telephone
account-help-clears-hint = Only if the telephone is lost and no recovery code is left. Say why.
account-help-reason = Reason
account-help-reason-hint = Such as: password forgotten, telephone lost
account-help-reason-missing = Turning the code off needs a reason.
account-help-do = Make the link

account-reset-given = { $at }: { $by } gave a link to set a new password.
account-reset-why = Reason: { $reason }.
account-reset-clears = This link turns off the code as well.
account-reset-open = Not used yet.
account-reset-used = Used { $at }.
account-reset-ended = Not in use any more.
account-reset-expired = It is over.
account-resets-title = Somebody helped to set this account's password
account-resets-ask = If you did not ask for it, change the password and tell the account administrator.

account-device-new = New sign-in from
account-device-ask = If it was not you, change the password below at once: all other sessions end.
account-device-mine = It was me
account-devices-known = Noted.
account-devices-count = { $n ->
    [one] one device
   *[other] { $n } devices
 }
account-duty-device = See the new sign-in
account-sessions-lead = Each line is a browser that is signed in. A session ends after 8 hours without use.

account-step-title = Type the code
account-step-lead = Open the authenticator on your telephone and type the six digits it shows.
account-step-do = Come in
account-step-lost = No telephone at hand? Type a recovery code instead. If you have neither, ask your cell's secretary or the account administrator.
account-step-back = Sign in with another account
account-code = Code
account-code-hint = Six digits of the telephone, or a recovery code
account-code-wrong = The code is not right. It changes every 30 seconds: type the one shown now. The telephone must set its clock by itself.
account-code-used = This code has been used. Wait for the next one (at most 30 seconds) and type it.
account-code-not-yet = The code does not fit. Make sure you scanned the QR code above and the telephone sets its clock by itself, then type the code shown now.
account-code-title = A code at sign-in
account-code-lead = Besides the password, six digits of your telephone are asked for. Who knows the password and has no telephone of yours stays out. Optional.
account-code-on = On
account-code-off = Off
account-code-on-since = On since
account-code-off-now = Off. The password alone signs you in.
account-code-need = You need an authenticator on your telephone, such as Google Authenticator or Microsoft Authenticator.
account-code-then = Scan the QR code of the next page with it, then type the six digits it shows.
account-code-after = Keep the 10 recovery codes in a safe place, in case the telephone is lost.
account-code-start = Turn the code on
account-code-change = See or turn off
account-code-see-how = See how
account-code-setup-title = Turn the code on
account-code-not-on = It is not on yet:
account-code-step-1 = Step 1. Scan
account-code-scan = Open the authenticator, choose to add an account (the + sign), and scan this.
account-code-letters = It cannot scan? Choose to enter a setup key and type these letters:
account-code-step-2 = Step 2. Type the code it shows
account-code-see = The six digits that the authenticator shows now
account-code-confirm = Confirm and turn on
account-code-qr = QR code for the authenticator
account-code-is-on = The code is on
account-code-is-off = The code is off. The password alone signs you in.
account-code-off-title = Turn the code off
account-code-turn-off = Turn the code off
account-recovery-title = Recovery codes
account-recovery-once = Copy or print these 10 recovery codes now: they are not shown again. Each stands in for the telephone once. Keep them away from the password.
account-recovery-left = Recovery codes left:
account-recovery-new = Make 10 new codes (the old ones end)
account-recovery-kept = I have them
account-recovery-print = Print these codes
account-recovery-was-used = You came in with a recovery code. It cannot be used again.
