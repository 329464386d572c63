-- Who was asked about a request, and what they said.

alter table requests add column people integer not null default 1;
alter table requests add column number integer null;
alter table requests add column level integer not null default 0;
alter table requests add column level_at bigint null;
alter table requests add column told_at bigint null;
alter table requests add column operators_told_at bigint null;

create unique index requests_number on requests (number);

alter table invitations add column send_from bigint null;
update invitations set send_from = (select send_from from requests where requests.id = invitations.request_id);
alter table requests drop column send_from;

alter table invitations add column rule text null;
alter table invitations add column is_new_domain boolean not null default false;
alter table invitations add column decide_by bigint null;
alter table invitations add column needed integer not null default 1;
alter table invitations add column votes text null;
alter table invitations add column denial text null;
alter table invitations add column shown text null;

-- Numbers that are given out one after the other.
create table counters (
    name text primary key,
    value integer not null
);

-- Whoever has a card of a request because they may decide: people, by their Entra object id, and channels.
create table approvers (
    request_id text not null references requests (id),
    id text not null,
    is_channel boolean not null,
    name text null,
    level integer not null,
    asked_at bigint not null,
    reminded integer not null default 0,
    reminded_at bigint null,
    is_reachable boolean not null,
    conversation_id text null,
    primary key (request_id, id)
);

create index approvers_person on approvers (id);
create index approvers_conversation on approvers (conversation_id);

-- Who somebody's manager is, as Microsoft Graph told; without an id there is none.
create table managers (
    tenant_id text not null,
    id text not null,
    manager_id text null,
    manager_name text null,
    looked_at bigint not null,
    primary key (tenant_id, id)
);

alter table people add column upn text null;
alter table people add column time_zone text null;
alter table people add column notify text null;
