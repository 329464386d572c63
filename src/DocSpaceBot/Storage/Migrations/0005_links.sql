-- Invitation links: each is asked for like a person, with a row of its own among the invitations that has no address.

alter table invitations add column link text null;
drop index invitations_open;
create unique index invitations_open on invitations (email) where status in ('PendingApproval', 'Approved') and link is null;

alter table conversations add column name text null;
alter table conversations add column known_at bigint not null default 0;

-- A link that DocSpace has made, and what the bot lets be done with it. The id is that of the request.
create table links (
    id text primary key,
    tenant_id text not null,
    owner_id text not null,
    owner_name text not null,
    conversation_id text not null,
    role text not null,
    terms text not null,
    made_at bigint not null,
    expires_at bigint not null,
    taken integer not null default 0,
    portal_link text null,
    secret text not null,
    secret_at bigint not null,
    host text null,
    renew_asked_at bigint null,
    renewed_at bigint null,
    cause text null,
    stopped_at bigint null,
    stopped_by_id text null,
    stopped_by_name text null,
    revoked text null,
    alarmed_at bigint null
);

create index links_role on links (role, expires_at);
create index links_owner on links (tenant_id, owner_id);

-- By which the bot knows a link again that somebody pasted; also those that were replaced.
create table link_marks (
    mark text primary key,
    link_id text not null references links (id)
);

create table link_shares (
    link_id text not null references links (id),
    conversation_id text not null,
    thread_id text null,
    shared_by_id text not null,
    shared_by_name text not null,
    shared_at bigint not null,
    primary key (link_id, conversation_id)
);

-- Who got a link. Nobody is counted twice.
create table link_takes (
    link_id text not null references links (id),
    person_id text not null,
    person_name text not null,
    taken_at bigint not null,
    primary key (link_id, person_id)
);

create index link_takes_time on link_takes (link_id, taken_at);

-- The one link that DocSpace keeps for a role, as far as the bot made it.
create table portal_links (
    role text primary key,
    portal_link text null,
    begun_at bigint null,
    uses integer null,
    ends_at bigint null
);

create index invitations_links on invitations (status, role) where link is not null;
