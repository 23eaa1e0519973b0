"""Writes reserve-fixture.json: weekly slot starts 2020-2040 as Python's zoneinfo sees them, in 12 zones.

Another program than the one under test, with another copy of the time zone database. PEP 495 with fold=0 is the rule
of the reserve: a skipped wall time moves forward by the gap, of a repeated one the first is taken.

Usage: PYTHONTZPATH=DIR/usr/share/zoneinfo python3 make-reserve-fixture.py > reserve-fixture.json
where DIR holds an unpacked tzdata package (dpkg -x tzdata_….deb DIR); its version goes into the file.

Form: rules -> runs [first day number, slots, start in minutes after that day's 00:00 UTC]; a run goes on weekly.
"""
import datetime as dt
import json
import os
import sys
import zoneinfo

ZONES = ["Etc/GMT+5", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca",
         "Asia/Kathmandu", "Africa/Cairo", "America/St_Johns", "America/Vancouver", "Pacific/Chatham", "America/Havana"]
# The seed's slot everywhere, and slots that start where the clocks change: gaps, folds, missing and double midnights.
RULES = [("SAT", "10:00", zone) for zone in ZONES] + [
    ("SUN", "02:30", "America/New_York"), ("SUN", "01:30", "America/New_York"), ("SUN", "01:30", "Europe/London"),
    ("SUN", "02:15", "Australia/Lord_Howe"), ("SUN", "01:45", "Australia/Lord_Howe"), ("SUN", "02:30", "Africa/Casablanca"),
    ("FRI", "00:00", "Africa/Cairo"), ("THU", "23:30", "Africa/Cairo"), ("SUN", "00:00", "America/Havana"),
    ("SUN", "03:00", "Pacific/Chatham")]
DAYS = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)


def runs(weekday, start, zone):
    info, (hour, minute) = zoneinfo.ZoneInfo(zone), map(int, start.split(":"))
    day, found = dt.date(2020, 1, 1), []
    day += dt.timedelta(days=(DAYS.index(weekday) - day.weekday()) % 7)
    while day < dt.date(2041, 1, 1):
        wall = dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=info, fold=0)
        number = (day - dt.date(1970, 1, 1)).days
        seconds = (wall.astimezone(dt.timezone.utc) - EPOCH).total_seconds() - number * 86400
        assert seconds % 60 == 0
        if found and found[-1][2] == seconds // 60:
            found[-1][1] += 1
        else:
            found.append([number, 1, int(seconds // 60)])
        day += dt.timedelta(days=7)
    return found


root = os.environ["PYTHONTZPATH"]
with open(os.path.join(root, "tzdata.zi"), encoding="ascii") as source:
    version = source.readline().split()[-1]
zoneinfo.reset_tzpath([root])
lines = [json.dumps({"weekday": w, "start": s, "zone": z, "runs": runs(w, s, z)}, separators=(",", ":")) for w, s, z in RULES]
sys.stdout.write('{"tzdb":"%s","rules":[\n%s\n]}\n' % (version, ",\n".join(lines)))
