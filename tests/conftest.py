pytest_plugins = ["plugins.no_silent_skips"]
