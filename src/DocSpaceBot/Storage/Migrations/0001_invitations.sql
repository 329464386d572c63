-- Runs unchanged on SQLite and PostgreSQL. Times are Unix milliseconds, ids and names of states are text.

create table requests (
    id text primary key,
    tenant_id text not null,
    requester_id text not null,
    requester_name text not null,
    conversation_id text not null,
    reason text null,
    asked_at bigint not null,
    send_from bigint not null
);

create table invitations (
    id text primary key,
    request_id text not null references requests (id),
    row_number integer not null,
    email text not null,
    role text not null,
    asked_at bigint not null,
    status text not null,
    version integer not null,
    standing_before text null,
    portal_user_id text null,
    cause text null,
    looked_at bigint null,
    next_look_at bigint null,
    invited_at bigint null,
    joined_at bigint null,
    portal_welcome text not null,
    teams_welcome text not null
);

create unique index invitations_row on invitations (request_id, row_number);
create index invitations_email on invitations (email, asked_at);
create index invitations_status on invitations (status, id);

-- An address is being brought in at most once at a time, whoever asks and on whichever instance.
create unique index invitations_open on invitations (email) where status in ('PendingApproval', 'Approved');

create table conversations (
    id text primary key,
    tenant_id text not null,
    conversation_type text not null,
    service_url text not null,
    bot_id text not null,
    bot_name text null,
    reachable boolean not null,
    greeted_at bigint null
);

create table people (
    id text not null,
    tenant_id text not null,
    teams_id text null,
    name text null,
    email text null,
    conversation_id text null,
    looked_at bigint null,
    primary key (tenant_id, id)
);

create index people_email on people (email);

create table sent_cards (
    subject text not null,
    conversation_id text not null,
    activity_id text null,
    drawn text not null,
    primary key (subject, conversation_id)
);

-- Work to do, and when. A step is done at least once; whoever takes it holds it until leased_until and says so again while it runs.
create table steps (
    kind text not null,
    subject text not null,
    payload text null,
    due_at bigint not null,
    attempts integer not null,
    revision integer not null,
    leased_until bigint not null,
    owner text null,
    primary key (kind, subject)
);

create index steps_due on steps (due_at);
create index steps_owner on steps (owner) where owner is not null;

-- What has been seen already, so that a second delivery does nothing.
create table activities (
    key text primary key,
    seen_at bigint not null
);

create index activities_seen on activities (seen_at);

-- What is remembered of the portal for a while.
create table portal_facts (
    name text primary key,
    value text not null,
    until_at bigint not null
);
