"""Case logs that outgrow one machine: read, linked and measured on Apache Spark by the same functions and the
same expressions (docs/operations/spark.md, docs/decisions/0070-spark.md).
"""
