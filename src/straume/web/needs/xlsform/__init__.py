"""XLSForm in and out: the questionnaire as a workbook that KoboToolbox, ODK and others open too."""
