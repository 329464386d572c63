-- The language of somebody's Teams, as Teams names it, such as de-DE.
alter table people add column locale text null;
