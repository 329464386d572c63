-- What became of an invitation after it was accepted, each with its time, and whom to remind of it.
alter table invitations add column joined_by text null;
alter table invitations add column confirmed_at bigint null;
alter table invitations add column welcomed_at bigint null;
alter table invitations add column waits_since bigint null;
alter table invitations add column reminded_at bigint null;

update invitations set waits_since = invited_at where status = 'Invited';

-- Who waits longest, and who waits and has not been asked about. Each of these begins with something that is the same in all of it, for SQLite would rather
-- take the index of all states else, and read everybody who has that state.
create index invitations_untaken on invitations (status, waits_since) where status = 'Invited';
create index invitations_unreminded on invitations (status, waits_since)
 where status = 'Invited' and (reminded_at is null or reminded_at < waits_since);

-- Whose address is not confirmed yet.
create index invitations_unconfirmed on invitations (confirmed_at, joined_at)
 where status in ('Joined', 'Welcomed') and confirmed_at is null;

-- Who was created and is therefore not among the portal's pending.
create index invitations_created on invitations (status, standing_before, created_at)
 where status = 'Invited' and (standing_before = 'Created' or created_at is not null);

-- For whom a mail is to be sent again.
create index invitations_to_mail on invitations (wish) where wish_state in ('Asked', 'Begun');

-- Whom an address belongs to is looked up for everybody who is invited and welcomed.
create index people_upn on people (upn) where upn is not null;
