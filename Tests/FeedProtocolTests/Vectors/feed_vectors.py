"""Computes the frozen vectors of the feed from FORMATS §6 to §9 alone, with RFC 9180 written out by hand.

Prints feed.json; run it with `python3 feed_vectors.py --check` to compare with the stored file.
Needs the package `cryptography`.
"""
import hashlib, hmac, json, os, struct, sys

vectors = {}
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.asymmetric import x25519, ed25519
from cryptography.hazmat.primitives import serialization as s
log=bytes(range(16)); epoch=bytes(range(0x40,0x50)); dept=b"jiaoyu"; lp=bytes([6])+dept
leaf=bytes.fromhex("a46cd7ccdd2bf2497f0b4b9fedecf018de231511e547a40af5fc8f800edb2e64")
h=struct.pack(">BBHIQQQQq",1,1,1,1,1,1,7,42,1692061200000)+epoch
vectors["header"] = h.hex()
key=bytes(range(0x60,0x80)); nonce=bytes([0x30]*12)
pt=b'{"specversion":"1.0"}'
aad=b"onedoor/entry/1"+log+epoch+lp+struct.pack(">QQ",1,1)+leaf
vectors["aad"] = aad.hex()
ct=AESGCM(key).encrypt(nonce,pt,aad)
rest=struct.pack(">QQ",1,1)+leaf+nonce+ct
e=struct.pack(">I",len(rest))+rest
vectors["entry"] = e.hex()
c0=hashlib.sha256(b"\2"+log+lp).digest(); c1=hashlib.sha256(b"\2"+c0+struct.pack(">Q",1)+leaf).digest()
vectors["chain0"] = c0.hex()
vectors["chain1"] = c1.hex()
sk=ed25519.Ed25519PrivateKey.from_private_bytes(bytes([0x11]*32))
dk=x25519.X25519PrivateKey.from_private_bytes(bytes([0x22]*32))
raw=lambda k:k.public_key().public_bytes(s.Encoding.Raw,s.PublicFormat.Raw)
# HPKE base, RFC 9180
def ext(salt,ikm): return hmac.new(salt or b"\0"*32,ikm,hashlib.sha256).digest()
def exp(prk,info,L):
    o=b"";t=b"";i=1
    while len(o)<L: t=hmac.new(prk,t+info+bytes([i]),hashlib.sha256).digest(); o+=t; i+=1
    return o[:L]
def lext(sid,salt,label,ikm): return ext(salt,b"HPKE-v1"+sid+label+ikm)
def lexp(sid,prk,label,info,L): return exp(prk,struct.pack(">H",L)+b"HPKE-v1"+sid+label+info,L)
def hpke(eph,pub,info,pt):
    e=x25519.X25519PrivateKey.from_private_bytes(eph); enc=raw(e)
    dh=e.exchange(x25519.X25519PublicKey.from_public_bytes(pub))
    kid=b"KEM"+struct.pack(">H",0x20)
    shared=lexp(kid,lext(kid,b"",b"eae_prk",dh),b"shared_secret",enc+pub,32)
    sid=b"HPKE"+struct.pack(">HHH",0x20,1,2)
    ctx=b"\0"+lext(sid,b"",b"psk_id_hash",b"")+lext(sid,b"",b"info_hash",info)
    sec=lext(sid,shared,b"secret",b"")
    k=lexp(sid,sec,b"key",ctx,32); n=lexp(sid,sec,b"base_nonce",ctx,12)
    return enc,AESGCM(k).encrypt(n,pt,b"")
kid=bytes(range(0x80,0x88))
info=b"onedoor/feed-key/1"+log+epoch+lp+kid
enc,wr=hpke(bytes([0x33]*32),raw(dk),info,key)
sig=sk.sign(info+enc+wr)
kb=kid+enc+wr+sig
vectors["keyblock"] = kb.hex()
head=b'{"actingPost":"jiaoyu/aid","externalReference":null,"id":"01890a5d-ac96-774b-bcce-b302099a8057","occurredAt":"2023-08-15T01:00:00.000Z","subject":"referral/01890a5d-ac96-774b-bcce-b302099a8058","type":"AcceptReferral"}'
payload=b'{"open":{"handlingPost":"jiaoyu/aid"},"sealed":[]}'
salt=bytes(range(0x20,0x30))
com=hmac.new(salt,payload,hashlib.sha256).digest()
vectors["commitment"] = com.hex()
dsk=ed25519.Ed25519PrivateKey.from_private_bytes(bytes([0x44]*32))
cinfo=b"onedoor/command/1"+log+lp
csig=dsk.sign(cinfo+hashlib.sha256(head).digest()+com)
plain=csig+salt+struct.pack(">I",len(head))+head+struct.pack(">I",len(payload))+payload
hk=x25519.X25519PrivateKey.from_private_bytes(bytes([0x55]*32))
enc,ct=hpke(bytes([0x66]*32),raw(hk),cinfo,plain)
vectors["command"] = (enc+ct).hex()
vectors["keyname"] = hashlib.sha256(raw(dsk)).digest()[:8].hex()
cid=bytes.fromhex("01890a5dac96774bbcceb302099a8057")
ans=kb+nonce+AESGCM(key).encrypt(nonce,b'{"position":42,"result":"accepted"}',b"onedoor/answer/1"+log+cid)
vectors["answer"] = ans.hex()
f=struct.pack(">IBQ",9+2,17,5)+b"{}"
vectors["link"] = f.hex()
vectors["head"] = head.hex()
vectors["payload"] = payload.hex()
text = json.dumps(vectors, indent=2, sort_keys=True) + "\n"
if "--check" in sys.argv:
    stored = open(os.path.join(os.path.dirname(__file__), "feed.json")).read()
    sys.exit(0 if stored == text else "feed.json differs from what FORMATS says")
sys.stdout.write(text)
