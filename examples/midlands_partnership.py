"""One code, two bodies: what became of a trust's figures when the trust became another.

Run it with: python examples/midlands_partnership.py
"""

from __future__ import annotations

import nhs_orgs as nhs

LAST_DAY, FIRST_DAY = "2018-05-31", "2018-06-01"


def main() -> None:
    """Tell the story of the code RRE around 1 June 2018."""
    register = nhs.load()
    print(f"From the register as at {register.release}.\n")

    for day in (LAST_DAY, FIRST_DAY):
        body = register.on(day)["RRE"]
        print(f"RRE on {day}: {body.name} ({body.key})")

    print("\nWhat happened:")
    for event in register.events(code="R1E"):
        gone = ", ".join(before.key for before in event.befores)
        come = ", ".join(after.key for after in event.afters)
        print(f"{event.effective}  {event.kind.value}: {gone} -> {come}")
        for source in event.sources:
            print(f"            {source}")

    print("\nWhere the codes lead on 1 April 2026:")
    for code in ("R1E", "RRE@2001-04-01", "RRE", "RW6"):
        match register.resolve(code, on="2026-04-01"):
            case nhs.Current():
                print(f"{code} is open")
            case nhs.Succeeded(codes=codes):
                print(f"{code} was followed by {codes[0]}")
            case nhs.Divided(codes=codes):
                print(f"{code} was divided among {', '.join(codes)}: no single successor")
            case outcome:
                print(f"{code}: {outcome}")


if __name__ == "__main__":
    main()
