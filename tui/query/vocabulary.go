package query

import (
	"strings"

	"gpupick/tui/known"
)

// meaning is the kind of a phrase of the vocabulary.
type meaning int

const (
	nothing     meaning = iota
	filler              // no effect: "with", "please"
	bound               // compares the number after or before it: "under", "at least"
	between             // two numbers follow
	noun                // what a number measures: "ram", "cores"
	total               // of all GPUs together: "total 640gb vram"
	perGPU              // for one GPU: "per gpu", "each"
	not                 // the next term must not hold
	or                  // the next term is an alternative
	order               // a whole order: "cheapest"
	orderBy             // sorts by the noun that follows
	most                // sorts by the noun that follows, the largest first
	falling             // the order before it, the largest first
	rising              // the order before it, the smallest first
	amount              // a number in words
	term                // an exact term
	unavailable         // something that people ask for but the list does not have
	currency            // US dollars
)

// entry is the meaning of a phrase. what is its operator, number, field, order or exact term.
type entry struct {
	is   meaning
	what string
}

// phrases are the phrases of the vocabulary as people say them; vocabulary fills it.
var phrases []string

// vocabulary returns the meaning of every known phrase, by its folded text.
var vocabulary = once(func() map[string]entry {
	all := map[string]entry{}
	add := func(is meaning, what string, said string) {
		for _, p := range strings.Split(said, ",") {
			all[known.Fold(p)] = entry{is, what}
			phrases = append(phrases, p)
		}
	}
	add(filler, "",
		"with,in,an,a,the,and,please,instance,instances,node,nodes,machine,machines,server,servers,only,need,want,"+
			"looking for,look for,for,on,at,of,i,me,show,find,to,hour,hr,h,hourly,per hour,per hr,an hour,within,"+
			"located in,from,any,anything,anywhere,everywhere,worldwide,either,just,is,are,there,can,what's,what is,"+
			"what are,something,some,get,give,have,has,having,that,which,we,would,like")
	add(bound, "<", "under,below,less than,less,cheaper than,fewer than,unter,weniger als,moins de,menos de,"+
		"meno di,sous,bajo,minder dan,onder,ponizej,mniej niz,abaixo de")
	add(bound, "<=", "max,maximum,limit,cap,ceiling,at most,up to,upto,budget,no more than,not more than,or less,"+
		"or cheaper,hochstens,maximal,bis zu,au plus,como maximo,maximo,al massimo,fino a,en fazla,hoogstens,no maximo")
	add(bound, ">=", "at least,min,minimum,no less than,not less than,or more,mindestens,au moins,"+
		"al menos,minimo,almeno,en az,pelo menos,minstens,co najmniej")
	add(bound, ">", "more than,over,above,greater than,mehr als,uber,plus de,mas de,piu di,meer dan,mais de")
	add(bound, "=", "exactly,precisely,genau,exactement,exactamente,esattamente")
	add(between, "", "between,zwischen,entre")
	add(noun, "count", "gpu,gpus,card,cards,gpu card,gpu cards,卡,张卡,枚")
	add(noun, gpuCount, "count,gpu count,card count,number of gpus,number of cards")
	add(noun, "mem", "ram,system ram,system memory")
	add(noun, "vram", "vram,gpu memory,gpu ram,video memory,video ram")
	add(noun, "tvram", "total vram,vram total,vram in total,total gpu memory")
	add(noun, "cpu", "core,cores,cpu,cpus,vcpu,vcpus,cpu core,cpu cores,core cpu,thread,threads,cpu threads")
	add(noun, "disk", "disk,storage,ssd,nvme,disk space")
	add(noun, "price", "price,prices,pricing,cost,costs,rate,hourly rate,hourly price,hourly cost")
	add(noun, "pergpu", "unit price,price per gpu,price per card,cost per gpu,per gpu price,gpu price")
	add(noun, "memory", "memory")
	add(total, "", "total,in total,altogether,combined,insgesamt,en tout,en total")
	add(perGPU, "", "per gpu,per card,each,apiece,pro gpu,par gpu,por gpu,a gpu per hour,per gpu per hour,per gpu hour")
	add(not, "", "not,no,without,except,neither,outside,outside of,anything but,everything but,all but,"+
		"anywhere but,other than,excluding,ohne,nicht,sans,sin,senza,sem,zonder,bez")
	add(or, "", "or,oder,ou")
	add(order, "price", "cheapest,cheap,cheapest first,"+
		"lowest price,cheaper,gunstig,gunstigste,billig,billigste,moins cher,le moins cher,mas barato,mas barata,"+
		"piu economico,mais barato,en ucuz,goedkoop,goedkoopste,najtanszy")
	add(order, "-price", "most expensive,expensive first,highest price,dearest")
	add(order, "pergpu", "cheapest per gpu,cheap per gpu,lowest price per gpu")
	add(falling, "", "desc,descending,high to low,highest first,largest first,most first")
	add(rising, "", "asc,ascending,low to high,lowest first,smallest first,least first")
	add(orderBy, "", "by,sort by,sorted by,order by,ordered by")
	add(most, "", "most,largest,biggest,highest")
	for i, words := range []string{"one,single", "two,dual,pair,couple", "three", "four,quad", "five", "six",
		"seven", "eight", "nine", "ten"} {
		add(amount, string(rune('0'+(i+1)%10)), words)
	}
	all["ten"] = entry{amount, "10"}
	add(term, "count>=2", "multi gpu,multiple gpus,several gpus")
	add(term, "gpu:none", "no gpu,no gpus,without gpu,without gpus,without a gpu,cpu only,only cpu")
	add(term, "type:vm", "vm,vms,virtual machine,virtual machines")
	add(term, "type:bare-metal", "bare metal,bare metals")
	add(term, "type:container", "container,containers")
	add(term, "type:spot", "spot,spot instance,spot instances,preemptible,interruptible")
	for _, maker := range []string{"nvidia", "amd", "intel"} {
		add(term, "maker:"+maker, maker)
	}
	for _, gen := range []string{"kepler", "maxwell", "pascal", "volta", "turing", "ampere", "ada", "hopper",
		"blackwell", "rubin", "cdna", "rdna"} {
		add(term, "gen:"+gen, gen)
	}
	add(term, "gen:ada", "ada lovelace,lovelace")
	add(term, "gen:cdna3", "cdna3")
	for _, form := range []string{"sxm", "pcie", "nvl", "oam"} {
		add(term, "form:"+form, form)
	}
	add(term, "form:sxm", "sxm2,sxm3,sxm4,sxm5")
	add(term, "arch:arm", "arm,arm64,aarch64")
	add(term, "link:nvlink", "nvlink,nv link")
	add(unavailable, "",
		"infiniband,rdma,uptime,reliability,bandwidth,internet,network,day,days,week,weeks,month,months,"+
			"monthly,daily,year,per day,per week,per month,hours,best,fast,fastest,available,in stock,on demand,"+
			"reserved,eur,euro,euros,gbp,pounds")
	add(currency, "", "usd,dollar,dollars,bucks")
	add(currency, "cents", "cent,cents")
	return all
})

// gpuCount is the noun that may come before a count: "gpu count 8". Other nouns of counts may not: "gpus with
// 80gb" has no count.
const gpuCount = "gpus"

// machines are the fillers that mean a machine; every offer is one.
var machines = map[string]bool{"node": true, "nodes": true, "machine": true, "machines": true, "server": true,
	"servers": true, "instance": true, "instances": true}

// foreign reports whether a word is an amount in or the name of a currency other than US dollars.
func foreign(word string) bool {
	switch word {
	case "eur", "euro", "euros", "gbp", "pounds":
		return true
	}
	return strings.ContainsAny(word, "€£¥")
}

// periods are the spans of time that people name for a price; prices are per hour.
var periods = map[string]bool{"day": true, "days": true, "week": true, "weeks": true, "month": true, "months": true,
	"monthly": true, "daily": true, "year": true, "per day": true, "per week": true, "per month": true}

// lowerBounds are words that are bounds before a number and fillers before a place.
var lowerBounds = map[string]string{"from": ">=", "ab": ">="}

// longestPhrase is the largest number of words in a phrase.
const longestPhrase = 5
