"""Check a proof from Wardroom's ledger with nothing but Python:

    python3 check_ledger.py KEY < proof.json

KEY is the line that `wardroom ledger key` printed, kept from before. The proof shows that a
line stands in the ledger under a signed head, and that this ledger begins as an earlier one.
What is personal in a line stands in it by its SHA-256 with a salt; its sentence comes beside.
The tree is that of RFC 6962, the signature Ed25519 (RFC 8032), a head a signed note.
"""

import base64
import hashlib
import json
import sys

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
BASE = (4 * pow(5, -1, P) % P).to_bytes(32, "little")


def need(holds, why):
    if not holds:
        raise ValueError(why)


def add(a, b):
    t, x, y = D * a[0] * b[0] * a[1] * b[1], a[0] * b[1] + b[0] * a[1], a[1] * b[1] + a[0] * b[0]
    return x * pow(1 + t, -1, P) % P, y * pow(1 - t, -1, P) % P


def times(a, n):
    return add(times(add(a, a), n >> 1), a if n & 1 else (0, 1)) if n else (0, 1)


def point(code):
    odd, y = divmod(int.from_bytes(code, "little"), 2**255)
    xx = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(xx, (P + 3) // 8, P)
    x = x if x * x % P == xx else x * pow(2, (P - 1) // 4, P) % P
    need(x * x % P == xx, "a key or a signature that is none")
    return (x if x % 2 == odd else P - x), y


def head(note, key):
    words, mark = note.split("\n\n")
    text, public = words + "\n", base64.b64decode(key.split("+", 2)[2])[1:]
    signature = base64.b64decode(mark.split()[2])[4:]
    need(text.split("\n")[0] == key.split("+")[0], "a head of another ledger")
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + text.encode()).digest(), "little")
    s = int.from_bytes(signature[32:], "little")
    right = add(point(signature[:32]), times(point(public), h % L))
    need(s < L and times(point(BASE), s) == right, "a head that this key did not sign")
    return int(text.split("\n")[1]), base64.b64decode(text.split("\n")[2]).hex()


def hash_of(*parts):
    return hashlib.sha256(bytes.fromhex("".join(parts))).hexdigest()


def included(m, n, leaf, path):
    if n == 1:
        return need(not path, "a proof that is too long") or leaf
    k = 1 << (n - 1).bit_length() - 1
    if m < k:
        return hash_of("01", included(m, k, leaf, path[:-1]), path[-1])
    return hash_of("01", path[-1], included(m - k, n - k, leaf, path[:-1]))


def consistent(m, n, path, old):
    if m == n:
        return need(len(path) == (not old), "a proof of another length") or (old or path[0],) * 2
    k = 1 << (n - 1).bit_length() - 1
    if m <= k:
        was, now = consistent(m, k, path[:-1], old)
        return was, hash_of("01", now, path[-1])
    was, now = consistent(m - k, n - k, path[:-1], "")
    return hash_of("01", path[-1], was), hash_of("01", path[-1], now)


def check(key, proof):
    (size, root), line, at = head(proof["head"], key), proof["line"], proof["line"]["position"]
    leaf = hash_of("00", hashlib.sha256(line["text"].encode()).hexdigest())
    need(0 < at <= size and included(at - 1, size, leaf, line["path"]) == root, "no such line")
    if "earlier" in proof:
        old, was = head(proof["earlier"]["head"], key)
        need(consistent(old, size, proof["earlier"]["path"], was) == (was, root), "another ledger")
    words = json.loads(line["text"])
    sentence, kept = words[11], words[12].get("#sha256", {}).get("#sentence")
    if kept and ("sentence" in line or "salt" in line):
        sentence = line["sentence"]
        told = hash_of(line["salt"], json.dumps(sentence).encode().hex())
        need(told == kept, "a sentence that the line never had")
    return f"Line {at} of {size} stands: {sentence or 'what it says is not told'}"


if __name__ == "__main__":
    print(check(sys.argv[1], json.load(sys.stdin)))
