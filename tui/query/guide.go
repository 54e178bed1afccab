package query

// Rule is a rule of the filter language with examples.
type Rule struct {
	Means    string
	Examples []Example
}

// Example is a filter as typed and the exact form it is read as. An order comes after a bar, in the
// form of --sort.
type Example struct{ Typed, Exact string }

// Guide returns the filter language in examples: first what people say, then the exact form. The
// help, the manual and the tests use it.
func Guide() (spoken, exact []Rule) {
	return []Rule{
			{"that card, never a longer name", []Example{{"a10", "gpu:a10"}, {"4070 ti super", `gpu:"4070 ti super"`}}},
			{"in that form, of that size", []Example{{"h100 sxm", `gpu:"h100 sxm"`}, {"a100 80gb", `gpu:"a100 80gb"`}}},
			{"a count, and a card beside it", []Example{
				{"8 h100", "count:8 gpu:h100"}, {"8xh100", "count:8 gpu:h100"}, {"two l40s", "count:2 gpu:l40s"},
				{"2-4 l40s", "count:2..4 gpu:l40s"}, {"at least 4 gpus", "count>=4"},
			}},
			{"one of them", []Example{
				{"h100 or h200", "gpu:h100,h200"}, {"h100/h200", "gpu:h100,h200"},
				{"germany france", "area:germany,france"},
			}},
			{"a place; an unknown one is hidden", []Example{
				{"south america", `area:"south america"`}, {"us east", `area:"us east"`}, {"allemagne", "area:germany"},
				{"de", "area:germany"}, {"frankfurt", "area:frankfurt"}, {"eu-west-1", `region="eu-west-1"`},
			}},
			{"the price of the whole offer, per hour", []Example{
				{"under $3", "price<3"}, {"max 20", "price<=20"}, {"between $1 and $2", "price:1..2"},
			}},
			{"the price per GPU", []Example{{"under $3 per gpu", "pergpu<3"}, {"$2 each", "pergpu<=2"}}},
			{"at least that much", []Example{
				{"512gb ram", "mem>=512"}, {"64 cores", "cpu>=64"}, {"2tb disk", "disk>=2000"},
				{"80gb vram", "vram>=80"},
				{"total vram 500gb", "tvram>=500"},
			}},
			{"maker, generation, form, CPU of the host", []Example{
				{"amd", "maker:amd"}, {"hopper", "gen:hopper"}, {"pcie", "form:pcie"}, {"arm", "arch:arm"},
			}},
			{"the type; no gpu: machines without one", []Example{
				{"spot", "type:spot"}, {"bare metal", "type:bare-metal"}, {"vm", "type:vm"}, {"no gpu", "gpu:none"},
			}},
			{"not, with its alternatives", []Example{
				{"no spot", "-type:spot"}, {"not us or china", "-area:us,china"}, {"-spot", "-type:spot"},
			}},
			{"an order; it leaves the line", []Example{
				{"cheapest", " | price"}, {"cheapest per gpu", " | pergpu"}, {"by ram", " | -mem"},
				{"most vram", " | -vram"},
			}},
			{"nothing", []Example{{"please", ""}, {"in the", ""}}},
		}, []Rule{
			{"a card; with quotes and = that line of the facet", []Example{
				{"gpu:l4", "gpu:l4"}, {`gpu="H100 SXM"`, `gpu="H100 SXM"`},
			}},
			{"a place, this very region, a pattern", []Example{
				{"area:europe", "area:europe"}, {`region="us-east-1"`, `region="us-east-1"`},
				{"region:us*", "region:us*"},
			}},
			{"all that begins so", []Example{{"mi2*", "mi2*"}}},
			{"a comparison; without a field of the price", []Example{
				{"price<20", "price<20"}, {"<20", "price<20"}, {"mem>=1tb", "mem>=1000"}, {"cpu>64", "cpu>64"},
			}},
			{"a range, a list", []Example{
				{"count:2..8", "count:2..8"}, {"price:..20", "price<=20"}, {"count:4,8", "count:4,8"},
				{"gpu:h100,h200", "gpu:h100,h200"},
			}},
			{"not; -- before it on the command line",
				[]Example{{"-type:spot", "-type:spot"}, {"!type:spot", "-type:spot"}}},
			{"the service does not say", []Example{{"type:none", "type:none"}, {"mem:none", "mem:none"}}},
			{"this text in a GPU, a region or a type", []Example{{`"norway"`, `"norway"`}}},
			{"what has changed since the last lists",
				[]Example{{"is:new", "is:new"}, {"is:up", "is:up"}, {"is:cheaper", "is:down"}}},
			{"an order", []Example{{"sort:-mem,price", " | -mem,price"}}},
		}
}
