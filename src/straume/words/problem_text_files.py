"""What can be wrong with a file, its packing, its rows and sheets, and the time and memory it takes."""

from __future__ import annotations

from straume.words.problem_text import Text
from straume.words.problem_text import marked as _

FILES: dict[str, Text] = {
    "empty_file": Text(
        _("The file is empty."),
        _("Export it again and check that the export has finished before you take the file."),
    ),
    "not_a_plain_file": Text(
        _("This is a pipe or a device, not a file with an end."),
        _("Save the log as a file and name that."),
    ),
    "gzip_truncated": Text(
        _("The packed file (.gz) breaks off before its end."),
        _("Copy or download it again; it was probably cut off on the way."),
    ),
    "gzip_damaged": Text(
        _("The packed file (.gz) is damaged."),
        _("Pack the original file again or upload it unpacked."),
    ),
    "file_damaged": Text(
        _("The file could not be read to its end."),
        _("Copy it again from where it was saved."),
    ),
    "zip_damaged": Text(
        _("The archive (.zip) is damaged."),
        _("Make the archive again or upload the table itself."),
    ),
    "zip_truncated": Text(
        _("The archive (.zip) breaks off before its end."),
        _("Copy or download it again."),
    ),
    "zip_without_file": Text(
        _("There is no file in the archive (.zip)."),
        _("Put the table into the archive or upload the table itself."),
    ),
    "zip_with_several_files": Text(
        _("Files in the archive (.zip): {count}. Which one is the log cannot be told."),
        _("Leave only the log in the archive."),
    ),
    "zip_encrypted": Text(
        _("The archive (.zip) is protected with a password."),
        _("Make an archive without a password."),
    ),
    "gzip_bomb": Text(
        _("Unpacked, the file (.gz) would be more than {ratio} times as big. That is not a log."),
        _("If it is a real log, upload it unpacked."),
    ),
    "zip_bomb": Text(
        _("Unpacked, the archive (.zip) would be more than {ratio} times as big. That is not a log."),
        _("If it is a real log, upload the table without an archive."),
    ),
    "workbook_bomb": Text(
        _("Unpacked, the workbook would be more than {ratio} times as big."),
        _("Save the sheet with the log as CSV and upload that."),
    ),
    "archive_in_archive": Text(
        _("There is another archive inside the archive."),
        _("Unpack it once and upload the table."),
    ),
    "unpack_first": Text(
        _("A file of this kind cannot be read inside an archive."),
        _("Unpack it and upload the file itself."),
    ),
    "too_large": Text(
        _("Unpacked, the file is bigger than {limit_mb} MB."),
        _("Export a shorter period or fewer columns."),
    ),
    "too_many_rows": Text(
        _("Rows in the file: {count}; at most {limit} can be read."),
        _("Export a shorter period."),
    ),
    "too_many_columns": Text(
        _("Columns in the file: {count}; at most {limit} can be read."),
        _(
            "Export only the columns that tell of cases and steps; check that rows and columns "
            "were not swapped."
        ),
    ),
    "value_too_long": Text(
        _("One value is longer than {limit_mb} MB."),
        _("Leave out columns with attached documents or long texts."),
    ),
    "line_too_long": Text(
        _("The first line is too long for names of columns."),
        _("Check that the file is a table with one row per line."),
    ),
    "unknown_format": Text(
        _("This is not a log in a form that can be read."),
        _("Use XES, CSV, XLSX, Parquet or OCEL 2.0."),
    ),
    "pdf_file": Text(
        _("This is a PDF document; rows and columns cannot be read from it."),
        _("Export the same list as CSV or XLSX."),
    ),
    "document_file": Text(
        _("This is a text document or a presentation, not a table."),
        _("Export the list as CSV or XLSX."),
    ),
    "html_file": Text(
        _("This is a web page, even if its name says otherwise."),
        _("Open it in a spreadsheet program and save it as XLSX or CSV."),
    ),
    "wrong_encoding": Text(
        _("The letters cannot be read as {encoding}."),
        _("Export as UTF-8, or say which encoding the file has."),
    ),
    "unknown_encoding": Text(
        _("There is no encoding called “{encoding}”."),
        _("Use utf-8, utf-16 or windows-1257."),
    ),
    "nul_bytes": Text(
        _("There are NUL characters in the text."),
        _("Export the file again; it was damaged or is not a text table."),
    ),
    "header_missing": Text(
        _("The first row does not name the columns."),
        _("Add a first row with a name for each column."),
    ),
    "title_above_header": Text(
        _("A title stands above the names of the columns."),
        _("Delete the rows above the names of the columns."),
    ),
    "duplicate_columns": Text(
        _("Two columns have the same name (columns {first} and {second})."),
        _("Give one of them another name."),
    ),
    "single_column": Text(
        _("There is only one column."),
        _("Check which character separates the columns, and export again."),
    ),
    "no_rows": Text(
        _("There is a header but no row under it."),
        _("Check the filter and the period of the export."),
    ),
    "row_too_long": Text(
        _("A row has {fields} values, but there are {expected} columns."),
        _("Put values that hold the separator into quotes, or export with another separator."),
    ),
    "row_too_short": Text(
        _("A row has only {fields} values of {expected}."),
        _("Export again; a line break inside a value may have cut the row."),
    ),
    "unclosed_quotes": Text(
        _("A quotation mark is opened and never closed."),
        _("Close the quotation mark in this row or delete it."),
    ),
    "text_after_quote": Text(
        _("Text follows after a closing quotation mark."),
        _('Double each quotation mark that belongs to the text ("").'),
    ),
    "unreadable_rows": Text(
        _("Some rows cannot be cut into columns."),
        _("Export again as CSV with UTF-8 and quotation marks around texts."),
    ),
    "workbook_password": Text(
        _("The workbook is protected with a password."),
        _("Save it without a password."),
    ),
    "workbook_damaged": Text(
        _("The workbook is damaged or not of a known kind."),
        _("Open it in a spreadsheet program and save it again as XLSX."),
    ),
    "workbook_empty": Text(
        _("There is nothing on the sheets of the workbook."),
        _("Check that the right workbook was saved."),
    ),
    "several_sheets": Text(
        _("Sheets with data: {count} ({sheets})."),
        _("Say which sheet is the log, or leave only that one."),
    ),
    "unknown_sheet": Text(
        _("There is no sheet of that name. Sheets: {sheets}."),
        _("Choose one of the sheets."),
    ),
    "merged_header": Text(
        _("Cells in the row with the names of the columns are merged ({count})."),
        _("Unmerge them and give every column its own name."),
    ),
    "merged_cells": Text(
        _("There are merged cells in the table ({count})."),
        _("Unmerge them and write the value into each row."),
    ),
    "formula_error": Text(
        _("Cells that show an error of a formula: {count} (rows {rows})."),
        _("Correct the formula or write the value itself."),
    ),
    "formula_without_value": Text(
        _("Formulas whose value was never saved: {count} (rows {rows})."),
        _("Open the workbook in a spreadsheet program and save it once."),
    ),
    "parquet_damaged": Text(
        _("The Parquet file is damaged."),
        _("Write it again."),
    ),
    "nested_column": Text(
        _("The column holds lists or structures instead of single values."),
        _("Choose another column, or write each value into a column of its own."),
    ),
    "check_too_big": Text(
        _("The file needs more memory than the {limit_mb} MB that a file of its size may take."),
        _("Export fewer columns or a shorter period."),
    ),
    "check_too_long": Text(
        _("Reading took longer than {seconds} seconds and was stopped."),
        _("Export a shorter period, or try again when the server is less busy."),
    ),
    "check_cancelled": Text(
        _("Reading was cancelled; nothing was stored."),
        _("Upload the file again when you are ready."),
    ),
    "check_failed": Text(
        _("The file made the reader fail; nothing was stored."),
        _("Export as CSV and try again; if it still fails, tell your administrator."),
    ),
}
