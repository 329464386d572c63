-- Where things stand: whose each invitation is, in which conversation (without its threads) it was asked for, and when it came to its end.

alter table requests add column place text null;
update requests set place = case
    when conversation_id like '%;messageid=%' then replace(rtrim(conversation_id, '0123456789'), ';messageid=', '')
    else conversation_id end;

create index requests_asked on requests (tenant_id, requester_id, asked_at, id);
create index requests_asked_in on requests (tenant_id, requester_id, place, asked_at, id);

alter table invitations add column tenant_id text null;
alter table invitations add column requester_id text null;
alter table invitations add column place text null;
alter table invitations add column ended_at bigint null;
update invitations set
    tenant_id = (select r.tenant_id from requests r where r.id = invitations.request_id),
    requester_id = (select r.requester_id from requests r where r.id = invitations.request_id),
    place = (select r.place from requests r where r.id = invitations.request_id),
    ended_at = case when status in ('PendingApproval', 'Approved', 'Invited') then null else coalesce(joined_at, looked_at, decide_by, asked_at) end;

-- The columns behind the times are there to be counted without reading the rows.
create index invitations_waiting_of on invitations (tenant_id, requester_id, asked_at, id, status, place)
 where status in ('PendingApproval', 'Approved', 'Invited');
create index invitations_waiting on invitations (tenant_id, asked_at, id, status)
 where status in ('PendingApproval', 'Approved', 'Invited');
create index invitations_ended_of on invitations (tenant_id, requester_id, ended_at, status, place) where ended_at is not null;
create index invitations_ended on invitations (tenant_id, ended_at, status) where ended_at is not null;

create index links_open_of on links (tenant_id, owner_id, expires_at) where stopped_at is null;
