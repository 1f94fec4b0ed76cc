"""What an organisation says about its sites, staff and codes: records that change by commands, as facts."""
