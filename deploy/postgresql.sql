-- Role and database of the portal, PostgreSQL 14 or later. As the database administrator:
--   sudo -u postgres psql < deploy/postgresql.sql
--
-- On the same machine no password is needed: the system's user “danvan” is the role “danvan” (peer), with
--   DATABASE_URL=postgres://danvan@/danvan?host=/var/run/postgresql
-- On another machine set one (psql: \password danvan), let pg_hba.conf ask for it with scram-sha-256, and keep
-- it out of the address: a line “host:5432:danvan:danvan:password” in ~danvan/.pgpass, mode 600, with
--   DATABASE_URL=postgres://danvan@host/danvan?sslmode=verify-full

CREATE ROLE danvan LOGIN;
-- Any UTF-8 locale is right: the portal keeps Vietnamese sort and search keys in columns of its own.
CREATE DATABASE danvan OWNER danvan ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0;
REVOKE CONNECT ON DATABASE danvan FROM PUBLIC;
