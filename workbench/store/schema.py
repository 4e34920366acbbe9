"""The tables of a project file, one tuple of statements a released step; never edited, only added to.

JSON columns are checked by their first character: with an untrusted schema SQLite 3.40 refuses
``json_valid`` in a table.
"""

from __future__ import annotations

_CODES = (
    """
create table setting (
  key text primary key,
  value text not null
) strict, without rowid""",
    """
create table revision (
  scope text primary key,
  number integer not null
) strict, without rowid""",
    """
create table variable (
  id integer primary key,
  code text not null unique,
  definition text not null
) strict""",
    """
create table area (
  id integer primary key,
  code text not null unique,
  parent_id integer references area,
  level integer not null,
  valid_from integer,
  valid_to integer,
  names text not null check (names glob '[[{]*')
) strict""",
    """
create table area_link (
  from_id integer not null references area,
  to_id integer not null references area,
  period integer not null,
  share real not null check (share > 0 and share <= 1),
  primary key (from_id, to_id, period)
) strict, without rowid""",
    """
create table breakdown (
  id integer primary key,
  dims text not null unique check (dims glob '[[{]*')
) strict""",
    """
create table dataset (
  id integer primary key,
  code text not null unique,
  publisher text,
  licence text,
  fictitious integer not null default 0
) strict""",
)

_FILES = (
    """
create table original (
  sha256 text primary key,
  name text not null,
  format text not null,
  size integer not null,
  stored_sha256 text not null,
  dialect text check (dialect glob '[[{]*'),
  redacted text not null check (redacted glob '[[]*')
) strict, without rowid""",
    """
create table original_block (
  sha256 text not null references original,
  number integer not null,
  first_row integer not null,
  size integer not null,
  data blob not null,
  primary key (sha256, number)
) strict""",
    """
create table original_sheet (
  sha256 text not null references original,
  sheet integer not null,
  name text not null,
  primary key (sha256, sheet)
) strict, without rowid""",
    """
create table original_rows (
  sha256 text not null references original,
  sheet integer not null,
  first_row integer not null,
  last_row integer not null,
  data blob not null,
  primary key (sha256, sheet, first_row)
) strict""",
)

_FACTS = (
    """
create table vintage (
  id integer primary key autoincrement,
  dataset_id integer not null references dataset,
  sha256 text references original,
  recipe text,
  mode text not null check (mode in ('replace', 'append', 'correction', 'entry')),
  made_at text not null,
  made_by text,
  retracted_by integer,
  report text check (report glob '[[{]*'),
  layout text check (layout glob '[[{]*'),
  note text
) strict""",
    """
create table series (
  id integer primary key,
  variable_id integer not null references variable,
  area_id integer not null references area,
  breakdown_id integer not null references breakdown,
  dataset_id integer not null references dataset,
  unit text not null,
  unique (variable_id, area_id, breakdown_id, dataset_id)
) strict""",
    """
create table observation (
  series_id integer not null references series,
  period integer not null,
  vintage_id integer not null references vintage,
  value real,
  low real,
  high real,
  status integer not null,
  flags integer not null default 0,
  conf integer not null default 0,
  sheet integer,
  row integer,
  col integer,
  primary key (series_id, period, vintage_id),
  check ((status in (0, 1)) = (value is not null))
) strict, without rowid""",
    """
create view current_observation as
select o.* from observation o
where o.vintage_id in (select id from vintage where retracted_by is null)
  and not exists (
    select 1 from observation n
    where n.series_id = o.series_id and n.period = o.period and n.vintage_id > o.vintage_id
      and n.vintage_id in (select id from vintage where retracted_by is null))""",
)

_SUBJECT = (
    """
create table event (
  code text primary key,
  names text not null check (names glob '[[{]*'),
  kind text not null,
  start integer not null,
  end integer,
  area text,
  pillar text,
  recommendations text not null check (recommendations glob '[[]*'),
  delay integer not null default 0,
  document text not null default '',
  variables text not null check (variables glob '[[]*')
) strict, without rowid""",
    """
create table break (
  code text primary key,
  start integer not null,
  texts text not null check (texts glob '[[{]*'),
  kind text not null,
  variables text not null check (variables glob '[[]*'),
  areas text not null check (areas glob '[[]*')
) strict, without rowid""",
    """
create table definition (
  code text primary key,
  kind text not null,
  text text not null,
  sha256 text not null,
  installed_at text not null
) strict, without rowid""",
    """
create table accepted_check (
  rule text not null,
  key text not null,
  reason text not null,
  made_by text,
  made_at text not null,
  primary key (rule, key)
) strict, without rowid""",
    """
create table snapshot (
  id integer primary key,
  code text not null,
  release text not null,
  made_at text not null,
  sha256 text not null,
  content text not null check (content glob '[[{]*')
) strict""",
    """
create table published (
  id integer primary key,
  file text not null,
  made_at text not null,
  cell text not null check (cell glob '[[{]*'),
  value real,
  hidden integer not null
) strict""",
    """
create table journal (
  id integer primary key autoincrement,
  at text not null,
  by text,
  action text not null,
  text text not null,
  data text not null check (data glob '[[{]*'),
  variables text not null check (variables glob '[[]*'),
  forward text check (forward glob '[[{]*'),
  inverse text check (inverse glob '[[{]*'),
  state text not null check (state in ('done', 'undone', 'dropped', 'fixed'))
) strict""",
)

_COMMITMENTS = (
    """
create table commitment (
  code text primary key,
  kind text not null check (kind in ('recommendation', 'obligation', 'report')),
  instrument text not null,
  titles text not null check (titles glob '[[{]*'),
  due text not null,
  status text not null check (status in ('full', 'part', 'none')),
  done text,
  pillar text,
  evidence text not null default '',
  link text not null default '',
  evidence_date text,
  sha256 text not null default '',
  made_by text not null default ''
) strict, without rowid""",
    """
create table checklist_answer (
  code text primary key,
  met integer not null check (met in (0, 1)),
  since text,
  until text,
  evidence text not null default '',
  link text not null default '',
  evidence_date text,
  sha256 text not null default '',
  made_by text not null default ''
) strict, without rowid""",
)

_CHECK_ANSWERS = (
    "drop table accepted_check",
    """
create table accepted_check (
  id text primary key,
  rule text not null,
  seen text not null,
  answer text not null check (answer in ('accepted', 'later')),
  reason text not null,
  made_by text not null,
  made_at text not null
) strict, without rowid""",
)
"""The first layout had a key of two columns and was never written to."""

_NOTES = (
    """
create table note (
  code text primary key,
  text text not null,
  dataset text not null default '',
  variable text not null default '',
  area text not null default '',
  period integer,
  dims text not null default '' check (dims = '' or dims glob '[[{]*'),
  made_by text not null,
  made_at text not null
) strict, without rowid""",
)
"""Remarks of people on a source, an input, a series or one value."""

_BOUNDARIES = (
    """
create table boundary (
  code text primary key,
  source text not null,
  polygons text not null check (polygons glob '[[]*')
) strict, without rowid""",
)
"""The land of an area; its code need not be that of an area, so that undo can take areas apart."""

_PUBLICATIONS = (
    "drop table published",
    """
create table publication (
  code text primary key,
  name text not null,
  state text not null check (state in ('out', 'withdrawn', 'undone')),
  made_at text not null,
  made_by text not null,
  file text not null,
  sha256 text not null,
  method text not null,
  threshold integer not null,
  zeros text not null check (zeros in ('publish', 'protect')),
  width integer not null,
  top integer not null,
  dims text not null check (dims glob '[[]*'),
  sums text not null check (sums glob '[[{]*'),
  withdrawn_at text not null default '',
  withdrawn_by text not null default '',
  reason text not null default ''
) strict, without rowid""",
    """
create table published_cell (
  publication text not null references publication,
  number integer not null,
  codes text not null check (codes glob '[[]*'),
  variable text not null,
  area text not null,
  period text not null,
  breakdown text not null,
  shown integer,
  low integer not null,
  high integer,
  small integer not null check (small in (0, 1)),
  primary key (publication, number),
  check (high is null or high >= low)
) strict, without rowid""",
    """
create index published_place on published_cell (variable, area, period, breakdown)""",
)
"""What was published. The first table held one line a cell without its sums and was never written
to. No true count stands here: only what the public sees, the range that leaves open, and whether
the count had to be protected.
"""

STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("s001_first_tables", (*_CODES, *_FILES, *_FACTS, *_SUBJECT)),
    ("s002_commitments", _COMMITMENTS),
    ("s003_check_answers", _CHECK_ANSWERS),
    ("s004_notes", _NOTES),
    ("s005_boundaries", _BOUNDARIES),
    ("s006_publications", _PUBLICATIONS),
)
"""Name and statements of each step; ``user_version`` is the number of steps applied."""

SCHEMA_VERSION = len(STEPS)
"""The ``user_version`` this program writes."""
