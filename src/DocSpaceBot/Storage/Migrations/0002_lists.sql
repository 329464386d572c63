-- What a list of people brings along, and what is looked at before anything is sent.

alter table invitations add column send_begun_at bigint null;
alter table invitations add column first_name text null;
alter table invitations add column last_name text null;
alter table invitations add column language text null;
alter table invitations add column room text null;
alter table invitations add column room_id integer null;
alter table invitations add column was_in_portal boolean not null default false;
alter table invitations add column creates boolean not null default false;
alter table invitations add column created_at bigint null;
alter table invitations add column invite_begun_at bigint null;
alter table invitations add column waiting_since bigint null;
alter table invitations add column portal_role text null;
alter table invitations add column note text null;
alter table invitations add column wish text null;
alter table invitations add column wish_state text null;
alter table invitations add column wish_cause text null;

-- Domains that somebody has been invited at.
create table domains (
    name text primary key
);

alter table sent_cards add column drawn_at bigint not null default 0;

-- A request that its requester has not confirmed yet. Its rows are only read and written together.
create table drafts (
    id text primary key,
    tenant_id text not null,
    requester_id text not null,
    requester_name text not null,
    conversation_id text not null,
    reason text null,
    asked_at bigint not null,
    state text not null,
    version integer not null,
    content text not null
);

create index drafts_asked on drafts (asked_at);
