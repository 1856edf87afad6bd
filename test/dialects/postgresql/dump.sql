--
-- PostgreSQL database dump
--

\restrict kV6IhovvbGsAjDiKtRwJblIS0ellyFi5GEJLoGzjR9ZUrK0JQkLSBIvAMFpaVrz

-- Dumped from database version 15.20 (Debian 15.20-0+deb12u1)
-- Dumped by pg_dump version 15.20 (Debian 15.20-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: app; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA app;


--
-- Name: citext; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;


--
-- Name: EXTENSION citext; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';


--
-- Name: dd; Type: DOMAIN; Schema: public; Owner: -
--

CREATE DOMAIN public.dd AS integer
	CONSTRAINT dd_check CHECK ((VALUE > 0));


--
-- Name: mood; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.mood AS ENUM (
    'sad',
    'ok',
    'it''s'
);


--
-- Name: f(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.f() RETURNS integer
    LANGUAGE plpgsql
    AS $$ begin return 1; end; $$;


--
-- Name: g(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.g() RETURNS integer
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT 1;
 SELECT 2;
END;


--
-- Name: tr(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.tr() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ begin return new; end $$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: book; Type: TABLE; Schema: app; Owner: -
--

CREATE TABLE app.book (
    id bigint NOT NULL,
    author_id integer NOT NULL,
    title character varying(100) COLLATE pg_catalog."C",
    up text GENERATED ALWAYS AS (upper((title)::text)) STORED,
    data jsonb DEFAULT '{}'::jsonb,
    u uuid DEFAULT gen_random_uuid(),
    "Weird Name" integer DEFAULT 3,
    CONSTRAINT t_len CHECK (((length((title)::text) > 2) OR (title IS NULL)))
);


--
-- Name: COLUMN book.title; Type: COMMENT; Schema: app; Owner: -
--

COMMENT ON COLUMN app.book.title IS 'the title';


--
-- Name: book_id_seq; Type: SEQUENCE; Schema: app; Owner: -
--

ALTER TABLE app.book ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME app.book_id_seq
    START WITH 10
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: counted; Type: TABLE; Schema: app; Owner: -
--

CREATE TABLE app.counted (
    id bigint NOT NULL,
    n numeric DEFAULT 1.50,
    big bigint DEFAULT '9223372036854775807'::bigint,
    neg integer DEFAULT '-5'::integer,
    f boolean DEFAULT false,
    ts timestamp(3) without time zone DEFAULT '2020-01-01 00:00:00'::timestamp without time zone,
    bits bit varying(4),
    i interval year DEFAULT '1 year'::interval year,
    nil text,
    CONSTRAINT positive CHECK ((n > (0)::numeric))
);


--
-- Name: counted_id_seq; Type: SEQUENCE; Schema: app; Owner: -
--

CREATE SEQUENCE app.counted_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: counted_id_seq; Type: SEQUENCE OWNED BY; Schema: app; Owner: -
--

ALTER SEQUENCE app.counted_id_seq OWNED BY app.counted.id;


--
-- Name: Odd "Names"; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public."Odd ""Names""" (
    "Größe" integer DEFAULT 1 NOT NULL,
    "select" text DEFAULT 'a;b'::text NOT NULL
);


--
-- Name: author; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.author (
    id integer NOT NULL,
    name character varying(50) DEFAULT 'x'::character varying NOT NULL,
    bio text,
    nick public.citext,
    m public.mood DEFAULT 'ok'::public.mood,
    created timestamp with time zone DEFAULT now(),
    tags text[] DEFAULT '{}'::text[],
    price numeric(10,2),
    CONSTRAINT author_price_check CHECK ((price > (0)::numeric))
);


--
-- Name: TABLE author; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.author IS 'it''s; a author';


--
-- Name: author_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.author_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: author_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.author_id_seq OWNED BY public.author.id;


--
-- Name: ev; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.ev (
    a integer NOT NULL,
    d date
)
PARTITION BY RANGE (d);


--
-- Name: ev_1; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.ev_1 (
    a integer NOT NULL,
    d date
);


--
-- Name: invoice; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.invoice
    START WITH 1000
    INCREMENT BY 10
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: mv; Type: MATERIALIZED VIEW; Schema: public; Owner: -
--

CREATE MATERIALIZED VIEW public.mv AS
 SELECT 1 AS a
  WITH NO DATA;


--
-- Name: usesd; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.usesd (
    x public.dd,
    e public.mood[],
    h character(3),
    i interval day to second,
    ip inet
);


--
-- Name: v; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.v AS
 SELECT author.id,
    author.name
   FROM public.author;


--
-- Name: ev_1; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ev ATTACH PARTITION public.ev_1 FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');


--
-- Name: counted id; Type: DEFAULT; Schema: app; Owner: -
--

ALTER TABLE ONLY app.counted ALTER COLUMN id SET DEFAULT nextval('app.counted_id_seq'::regclass);


--
-- Name: author id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.author ALTER COLUMN id SET DEFAULT nextval('public.author_id_seq'::regclass);


--
-- Data for Name: book; Type: TABLE DATA; Schema: app; Owner: -
--

COPY app.book (id, author_id, title, data, u, "Weird Name") FROM stdin;
\.


--
-- Data for Name: counted; Type: TABLE DATA; Schema: app; Owner: -
--

COPY app.counted (id, n, big, neg, f, ts, bits, i, nil) FROM stdin;
\.


--
-- Data for Name: Odd "Names"; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public."Odd ""Names""" ("Größe", "select") FROM stdin;
\.


--
-- Data for Name: author; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.author (id, name, bio, nick, m, created, tags, price) FROM stdin;
1	a; drop table author	\N	\N	ok	2026-11-20 10:47:19.638945+00	{}	1.00
2	b	\N	\N	ok	2026-11-20 10:47:19.638945+00	{}	2.00
\.


--
-- Data for Name: ev_1; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.ev_1 (a, d) FROM stdin;
\.


--
-- Data for Name: usesd; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.usesd (x, e, h, i, ip) FROM stdin;
\.


--
-- Name: book_id_seq; Type: SEQUENCE SET; Schema: app; Owner: -
--

SELECT pg_catalog.setval('app.book_id_seq', 10, false);


--
-- Name: counted_id_seq; Type: SEQUENCE SET; Schema: app; Owner: -
--

SELECT pg_catalog.setval('app.counted_id_seq', 1, false);


--
-- Name: author_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.author_id_seq', 2, true);


--
-- Name: invoice; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.invoice', 1000, false);


--
-- Name: book book_pkey; Type: CONSTRAINT; Schema: app; Owner: -
--

ALTER TABLE ONLY app.book
    ADD CONSTRAINT book_pkey PRIMARY KEY (id);


--
-- Name: counted counted_pkey; Type: CONSTRAINT; Schema: app; Owner: -
--

ALTER TABLE ONLY app.counted
    ADD CONSTRAINT counted_pkey PRIMARY KEY (id);


--
-- Name: Odd "Names" Odd "Names"_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public."Odd ""Names"""
    ADD CONSTRAINT "Odd ""Names""_pkey" PRIMARY KEY ("Größe");


--
-- Name: author author_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.author
    ADD CONSTRAINT author_name_key UNIQUE (name);


--
-- Name: author author_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.author
    ADD CONSTRAINT author_pkey PRIMARY KEY (id);


--
-- Name: usesd usesd_ip_excl; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.usesd
    ADD CONSTRAINT usesd_ip_excl EXCLUDE USING gist (ip inet_ops WITH &&);


--
-- Name: ix_title; Type: INDEX; Schema: app; Owner: -
--

CREATE INDEX ix_title ON app.book USING btree (lower((title)::text));


--
-- Name: uq_part; Type: INDEX; Schema: app; Owner: -
--

CREATE UNIQUE INDEX uq_part ON app.book USING btree (author_id DESC NULLS LAST, u) WHERE (author_id > 5);


--
-- Name: ix_inc; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_inc ON public.author USING gin (tags);


--
-- Name: author t1; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER t1 BEFORE INSERT ON public.author FOR EACH ROW EXECUTE FUNCTION public.tr();


--
-- Name: book book_author_id_fkey; Type: FK CONSTRAINT; Schema: app; Owner: -
--

ALTER TABLE ONLY app.book
    ADD CONSTRAINT book_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.author(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;


--
-- Name: mv; Type: MATERIALIZED VIEW DATA; Schema: public; Owner: -
--

REFRESH MATERIALIZED VIEW public.mv;


--
-- PostgreSQL database dump complete
--

\unrestrict kV6IhovvbGsAjDiKtRwJblIS0ellyFi5GEJLoGzjR9ZUrK0JQkLSBIvAMFpaVrz

