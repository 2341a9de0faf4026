"""Copies the only image of a Glance database until there are as many as wanted: the API would take minutes.

Arguments: the connection string of the database, the number of images.
"""

import sys
import uuid

import psycopg2

connection = psycopg2.connect(sys.argv[1].replace("postgresql+psycopg2", "postgresql"))
wanted = int(sys.argv[2])
cursor = connection.cursor()


def columns(table):
    cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", (table,))
    return [name for (name,) in cursor.fetchall()]


cursor.execute("SELECT id FROM images ORDER BY created_at DESC, id LIMIT 1")
(template,) = cursor.fetchone()
cursor.execute("SELECT count(*) FROM images")
(existing,) = cursor.fetchone()
ids = [str(uuid.uuid4()) for _ in range(wanted - existing)]
others = ", ".join(name for name in columns("images") if name not in ("id", "created_at"))
cursor.execute(
    f"INSERT INTO images (id, created_at, {others})"
    f" SELECT copy.id, created_at - copy.place * interval '1 second', {others}"
    " FROM unnest(%s) WITH ORDINALITY AS copy(id, place), images WHERE images.id = %s",
    (ids, template),
)
for table in ("image_properties", "image_tags"):
    own = ", ".join(name for name in columns(table) if name not in ("id", "image_id"))
    cursor.execute(
        f"INSERT INTO {table} (image_id, {own}) SELECT copy, {own} FROM unnest(%s) AS copy, {table} WHERE image_id = %s",
        (ids, template),
    )
connection.commit()
