"""What can be measured of records: disclosure risk, and later agreement and comparability."""
