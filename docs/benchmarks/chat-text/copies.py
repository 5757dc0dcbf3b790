import gzip,re,sys
for l in ("fr","de"):
    rows=[x.rstrip("\n").split("\t")[:2] for x in gzip.open(f"training/src/test/resources/tatoeba-en-{l}/dev.tsv.gz","rt",encoding="utf8")]
    bare=lambda s: re.sub(r"[\s\u00a0\u202f]*[.?!]+$","",s)
    rep=lambda s: re.sub(r"([bcdfghjklmnprstvwxyz])([aeiouy])\b",r"\1\2\2\2\2",s,count=1)
    copies={"plain":(str,str),"lower":(str.lower,str),"bare":(bare,bare),"chat":(lambda s:bare(s).lower(),bare),
     "capitals":(str.upper,str),"repeated":(rep,str),"marks":(lambda s:re.sub(r"([!?])$",r"\1\1\1\1",s),lambda s:re.sub(r"([!?])$",r"\1\1\1\1",s))}
    for n,(f,g) in copies.items():
        with open(f"copies/{l}-{n}.tsv","w",encoding="utf8") as o:
            for a,b in rows: o.write(f(a)+"\t"+g(b)+"\n")
