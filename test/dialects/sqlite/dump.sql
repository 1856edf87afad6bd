CREATE TABLE author (id integer primary key autoincrement, name varchar(50) not null default 'x;', "key" text, b boolean not null default 0 check (b in (0,1)), d datetime default current_timestamp, e default (1+2), f text collate nocase, price double precision, big unsigned big int, late text default 'z', unique (name));
CREATE TABLE sqlite_sequence(name,seq);
CREATE TABLE [weird t] (a integer not null, b text, c int references author(id) on delete cascade deferrable initially deferred, g int generated always as (a*2) virtual, constraint pk primary key (a, b), constraint ck check (a > 0)) without rowid;
CREATE TABLE st (id integer primary key) strict;
CREATE INDEX ix on author (lower(name), price desc) where price > 0;
CREATE UNIQUE INDEX uq on author (d);
CREATE VIEW v as select id from author
/* v(id) */;
CREATE TRIGGER tr after insert on author when new.id > 0 begin update author set name = 'x; end'; select case when 1 then 2 end; end;
