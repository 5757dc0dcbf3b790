import collections,gzip,random,re
for l in ("fr","de"):
    pairs=collections.OrderedDict()
    for x in gzip.open(f"training/src/test/resources/tatoeba-en-{l}/dev.tsv.gz","rt",encoding="utf8"):
        a,b=x.rstrip("\n").split("\t")[:2]; pairs.setdefault(a,[]).append(b)
    once=lambda w,s: len(re.findall(rf"\b{w}\b",s))==1
    def write(name,rows):
        with open(f"copies/{l}-{name}.tsv","w",encoding="utf8") as o:
            for a,bs in rows: o.writelines(f"{a}\t{b}\n" for b in bs)
    # a name inside the sentence becomes a mention, in the references too
    mentions=[]
    for a,bs in pairs.items():
        for w in re.findall(r"(?<=[\w,] )[A-Z]\w+",a):
            if once(w,a) and all(once(w,b) for b in bs):
                at=lambda s: re.sub(rf"\b{w}\b","@"+w.lower(),s)
                mentions.append((at(a),[at(b) for b in bs])); break
    write("mention",mentions)
    # an emoji anywhere between two words; the references have none, which costs all models as much
    chance=random.Random(6); inside=[]
    for a,bs in pairs.items():
        words=a.split(" ")
        if len(words)>3:
            words.insert(chance.randrange(1,len(words)),"🎉"); inside.append((" ".join(words),bs))
    write("inside",inside)
