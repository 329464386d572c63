-- Every request, decision, call and its outcome. Records are only added: each carries the hash of the one before it, and the head is the last of them.

create table ledger (
    number bigint primary key,
    at bigint not null,
    kind text not null,
    request_id text null,
    invitation_id text null,
    tenant_id text not null,
    email text null,
    actor_id text null,
    actor_name text null,
    by_right text null,
    before_status text null,
    after_status text null,
    detail text null,
    previous_hash text not null,
    hash text not null
);

create index ledger_email on ledger (email, number) where email is not null;
create index ledger_exports on ledger (request_id) where kind = 'LedgerExported';

create table ledger_head (
    number bigint not null,
    hash text not null
);

insert into ledger_head (number, hash) values (0, '0000000000000000000000000000000000000000000000000000000000000000');
