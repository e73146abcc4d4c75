#!/usr/bin/env python3
"""Checks a bundle of RIAL without any part of RIAL: python3 verify_bundle.py FILE.zip

Needs Python 3.8 or later and nothing else. It follows docs/bundle.md, prints what is not as it was written, a line
each, and ends with 1 where there is any, with 0 where there is none.
"""

import hashlib
import json
import re
import stat
import sys
import unicodedata
import zipfile

TAGS = ["bagit.txt", "bag-info.txt", "manifest-sha256.txt"]
TAG_MANIFEST = "tagmanifest-sha256.txt"


def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def canonical(value):
    """JSON without spaces, the keys of each object in order."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def listing(text):
    """The files of a manifest, by their names."""
    files = {}
    for line in text.split("\n")[:-1]:
        found = re.fullmatch(r"([0-9a-f]{64})  (.+)", line)
        if not found or not text.endswith("\n"):
            raise ValueError("malformed line: " + line)
        name = found[2].replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
        files[unicodedata.normalize("NFC", name)] = found[1]
    return files


def read(archive, tell):
    """The hash and the size of each file, and the text of those that are read; nothing is unpacked onto the disk."""
    hashes, sizes, texts, broken = {}, {}, {}, set()
    for entry in archive.infolist():
        name = unicodedata.normalize("NFC", entry.filename)
        parts = name.split("/")
        if name.startswith("/") or "\\" in name or ".." in parts or ":" in parts[0]:
            tell("unsafe name", name)
            continue
        if stat.S_ISLNK(entry.external_attr >> 16):
            tell("link", name)
            continue
        if entry.is_dir():
            continue
        name = name.partition("/")[2]
        if name in hashes:
            tell("twice", name)
            continue
        hash_, size, kept = hashlib.sha256(), 0, bytearray()
        is_read = name in TAGS + [TAG_MANIFEST, "data/case.json", "data/record.json", "data/bundle.json"]
        try:
            with archive.open(entry) as file:
                for chunk in iter(lambda: file.read(1 << 16), b""):
                    hash_.update(chunk)
                    size += len(chunk)
                    if is_read:
                        kept += chunk
        except (zipfile.BadZipFile, EOFError, OSError, ValueError):
            tell("altered", name)
            broken.add(name)
            continue
        hashes[name], sizes[name] = hash_.hexdigest(), size
        if is_read:
            texts[name] = kept.decode("utf-8", "replace")
    return hashes, sizes, texts, broken


def check_bag(hashes, sizes, texts, broken, tell):
    for name in TAGS + [TAG_MANIFEST]:
        if name not in hashes and name not in broken:
            tell("missing", name)
    try:
        tags = listing(texts.get(TAG_MANIFEST, ""))
    except ValueError:
        tags = {}
    if sorted(tags) != sorted(TAGS):
        tell("malformed", TAG_MANIFEST)
    for name in TAGS:
        if name in hashes and name in tags and tags[name] != hashes[name]:
            tell("does not agree with " + TAG_MANIFEST, name)
    try:
        listed = listing(texts.get("manifest-sha256.txt", ""))
    except ValueError:
        tell("malformed", "manifest-sha256.txt")
        return {}
    for name, hash_ in listed.items():
        if name in broken:
            continue
        if name not in hashes:
            tell("missing", name)
        elif hashes[name] != hash_:
            tell("altered", name)
    for name in hashes:
        if name not in listed and name not in TAGS + [TAG_MANIFEST]:
            tell("added", name)
    info = dict(line.split(": ", 1) for line in texts.get("bag-info.txt", "").splitlines() if ": " in line)
    payload = [name for name in hashes if name.startswith("data/")]
    sums = {
        "Payload-Oxum": "%d.%d" % (sum(sizes[name] for name in payload), len(payload)),
        "Rial-Manifest-SHA256": hashes.get("manifest-sha256.txt", ""),
    }
    for what, value in sums.items():
        if info.get(what) != value and not broken:
            tell(what + " differs", "bag-info.txt")
    return {**info, "listed": listed}


def check_record(record, info, tell):
    before = "0" * 64
    for place, entry in enumerate(record["entries"], 1):
        where = "entry %d" % entry["number"]
        if "content" in entry and sha256(entry["salt"] + entry["content"]) != entry["hash"]:
            tell("altered", where)
        if entry["number"] != place or sha256(before + entry["hash"]) != entry["chain"]:
            tell("does not follow the one before", where)
        before = entry["chain"]
    if info.get("Rial-Record-Head") != before or info.get("Rial-Record-Entries") != str(len(record["entries"])):
        tell("Rial-Record-Head or Rial-Record-Entries differs", "bag-info.txt")


def check_case(case, record, listed, tell):
    told = {one["seq"]: one for one in case["record"]}
    fields = ["at", "kind", "party", "person", "data"]
    for entry in record["entries"]:
        if "content" not in entry:
            continue
        one = told.pop(entry.get("seq"), None)
        content = json.loads(entry["content"])
        if one is None or any(canonical(one[field]) != canonical(content[field]) for field in fields):
            tell("is not in data/case.json as it is in the chain", "entry %d" % entry["number"])
    for seq in told:
        tell("is in no chain", "seq %d of data/case.json" % seq)
    # What is withheld is named, and not there.
    exact = [one for one in case["documents"] if one.get("withheld") is None] + case["certificates"] + [
        version[kind] for version in case["programmeVersions"] for kind in ("pdf", "docx")
    ]
    paper = case.get("closingPaper")
    exact += [paper, paper["reading"]] + paper["signed"] if paper else []
    for one in exact:
        name = unicodedata.normalize("NFC", "data/" + one["file"])
        if listed.get(name) != one["sha256"]:
            tell("is not the one that data/case.json names", name)
    for one in case["mails"]:
        if unicodedata.normalize("NFC", "data/" + one["file"]) not in listed:
            tell("is named by data/case.json, and not there", "data/" + one["file"])
    versions = {(one["document"], one["sha256"]) for one in case["documents"]}
    for one in case["contents"]:
        value = one["value"]
        if isinstance(value, dict) and (value.get("document"), one["hash"]) in versions:
            continue
        if sha256(canonical(one["value"])) != one["hash"]:
            tell("altered", "text " + one["hash"])


def check_paper(archive, paper, tell):
    """What a ministry signed begins with the file before it, byte for byte."""
    if not paper:
        return
    names = {unicodedata.normalize("NFC", name).partition("/")[2]: name for name in archive.namelist()}
    for before, one in zip([paper] + paper["signed"], paper["signed"]):
        name = names.get("data/" + one["file"])
        try:
            with archive.open(name or "") as file:
                start = file.read(before["size"])
        except (KeyError, zipfile.BadZipFile, EOFError, OSError):
            continue
        if hashlib.sha256(start).hexdigest() != before["sha256"]:
            tell("does not begin with " + before["file"], "data/" + one["file"])


def main(place):
    found = []

    def tell(what, where):
        found.append(where)
        print("%s: %s" % (where, what))

    try:
        archive = zipfile.ZipFile(place)
    except (OSError, zipfile.BadZipFile) as error:
        print("%s: %s" % (place, error))
        return 1
    with archive:
        hashes, sizes, texts, broken = read(archive, tell)
        try:
            check_paper(archive, json.loads(texts["data/case.json"]).get("closingPaper"), tell)
        except (KeyError, TypeError, ValueError, AttributeError):
            pass  # Told below.
    info = check_bag(hashes, sizes, texts, broken, tell)
    try:
        record, case = json.loads(texts["data/record.json"]), json.loads(texts["data/case.json"])
        notice = json.loads(texts["data/bundle.json"])
        check_record(record, info, tell)
        check_case(case, record, info.get("listed", {}), tell)
        print("%s, made %s" % (notice["cooperation"], notice["madeAt"]))
        withheld = [entry["number"] for entry in record["entries"] if "content" not in entry]
        if withheld:
            print("withheld entries of the record: %s" % ", ".join(map(str, withheld)))
        if notice["withheld"]["entries"] != len(withheld):
            tell("counts %d withheld entries, there are %d" % (notice["withheld"]["entries"], len(withheld)), "data/bundle.json")
        print("head of the record: %s" % record["entries"][-1]["chain"])
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        tell("cannot be read: %r" % error, "data/case.json, data/record.json or data/bundle.json")
    print("%d files, %d not as written" % (len(hashes), len(found)))
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
