"""Runs the queries that totsugo has compiled: run.py duckdb|spark FOLDER… Prints the findings of each folder as JSON, a
folder a line."""
import glob
import json
import os
import sys

COLUMNS = ["rule", "severity", "path", "place", "line", "column", "message"]


def statements(name):
    return [s for s in open(name, encoding="utf-8").read().split(";\n") if s.strip()]


def duckdb(folders):
    import duckdb

    for folder in folders:
        os.chdir(folder)
        with duckdb.connect() as engine:
            for statement in statements("tables.sql"):
                engine.execute(statement)
            found = engine.execute(open("findings.sql", encoding="utf-8").read())
            yield [c[0] for c in found.description], found.fetchall()


def spark(folders):
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").appName("totsugo")
    for key, value in {
        "spark.ui.enabled": "false",
        # Made for large tables; for small ones they take longer than the queries.
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.ansi.enabled": "true",
        "spark.driver.memory": "3g",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.log.level": "ERROR",
    }.items():
        builder = builder.config(key, value)
    engine = builder.getOrCreate()
    for folder in folders:
        os.chdir(folder)
        for statement in statements("tables.sql"):
            # The engine keeps the folder that it was started in.
            engine.sql(statement.replace("'facts/", f"'{os.path.join(folder, 'facts')}/"))
        # Rule by rule: the plan of all rules in one statement does not fit the memory of a small driver.
        texts = [open(name, encoding="utf-8").read().rstrip(";\n") for name in sorted(glob.glob("rules/*.sql"))]
        rows = []
        for text in [f"SELECT {', '.join(f'`{name}`' for name in COLUMNS)} FROM `faults`", *texts]:
            found = engine.sql(text)
            assert found.columns == COLUMNS, found.columns
            rows.extend(tuple(row) for row in found.collect())
        yield COLUMNS, rows
    engine.stop()


for columns, rows in {"duckdb": duckdb, "spark": spark}[sys.argv[1]]([os.path.abspath(f) for f in sys.argv[2:]]):
    assert columns == COLUMNS, columns
    print(json.dumps(rows, ensure_ascii=False))
