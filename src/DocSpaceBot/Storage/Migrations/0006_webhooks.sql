-- What DocSpace has told by a webhook, so that the same event a second time does nothing.
create table portal_events (
    webhook_id bigint not null,
    event_id bigint not null,
    seen_at bigint not null,
    primary key (webhook_id, event_id)
);

create index portal_events_seen on portal_events (seen_at);

-- Whom an event is about, and who has been sent for and not been found yet.
create index invitations_portal_user on invitations (portal_user_id) where portal_user_id is not null;
create index invitations_unfound on invitations (email) where status = 'Approved' and send_begun_at is not null and portal_user_id is null;
