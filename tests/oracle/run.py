"""run.py ten|figures FOLDER…: what this implementation finds, a line of JSON for each folder."""
import json
import sys

if __name__ == "__main__":
    which, folders = sys.argv[1], sys.argv[2:]
    module = __import__({"ten": "ten", "figures": "rounding"}[which])
    for folder in folders:
        print(json.dumps(module.check(folder), ensure_ascii=False))
