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
			{"this card only, not one with a longer name",
				[]Example{{"a10", "gpu:a10"}, {"4070 ti super", `gpu:"4070 ti super"`}}},
			{"a card in one form or memory size",
				[]Example{{"h100 sxm", `gpu:"h100 sxm"`}, {"a100 80gb", `gpu:"a100 80gb"`}}},
			{"a number of GPUs, and their card", []Example{
				{"8 h100", "count:8 gpu:h100"}, {"8xh100", "count:8 gpu:h100"}, {"two l40s", "count:2 gpu:l40s"},
				{"2-4 l40s", "count:2..4 gpu:l40s"}, {"at least 4 gpus", "count>=4"},
			}},
			{"any of these", []Example{
				{"h100 or h200", "gpu:h100,h200"}, {"h100/h200", "gpu:h100,h200"},
				{"germany france", "area:germany,france"},
			}},
			{"a location; offers with an unknown one are hidden", []Example{
				{"south america", `area:"south america"`}, {"us east", `area:"us east"`}, {"allemagne", "area:germany"},
				{"de", "area:germany"}, {"frankfurt", "area:frankfurt"}, {"eu-west-1", `region="eu-west-1"`},
			}},
			{"the price of the whole offer per hour", []Example{
				{"under $3", "price<3"}, {"max 20", "price<=20"}, {"between $1 and $2", "price:1..2"},
			}},
			{"the price per GPU", []Example{{"under $3 per gpu", "pergpu<3"}, {"$2 each", "pergpu<=2"}}},
			{"at least this much", []Example{
				{"512gb ram", "mem>=512"}, {"64 cores", "cpu>=64"}, {"2tb disk", "disk>=2000"},
				{"80gb vram", "vram>=80"},
				{"total vram 500gb", "tvram>=500"},
			}},
			{"maker, generation, form or CPU", []Example{
				{"amd", "maker:amd"}, {"hopper", "gen:hopper"}, {"pcie", "form:pcie"}, {"arm", "arch:arm"},
			}},
			{"the type; no gpu finds machines without one", []Example{
				{"spot", "type:spot"}, {"bare metal", "type:bare-metal"}, {"vm", "type:vm"}, {"no gpu", "gpu:none"},
			}},
			{"its GPUs hold a language model; an estimate", []Example{
				{"fits 70b fp8", "fits:70b@fp8"},
				{"runs llama 70b in int4 with 32k context", "fits:llama-3.1-70b@int4,32k"},
			}},
			{"none of these", []Example{
				{"no spot", "-type:spot"}, {"not us or china", "-area:us,china"}, {"-spot", "-type:spot"},
			}},
			{"the order; it leaves the line", []Example{
				{"cheapest", " | price"}, {"cheapest per gpu", " | pergpu"}, {"by ram", " | -mem"},
				{"most vram", " | -vram"},
			}},
			{"ignored words", []Example{{"please", ""}, {"in the", ""}}},
		}, []Rule{
			{"a card; with quotes and =, exactly that name", []Example{
				{"gpu:l4", "gpu:l4"}, {`gpu="H100 SXM"`, `gpu="H100 SXM"`},
			}},
			{"a location, one region, a pattern", []Example{
				{"area:europe", "area:europe"}, {`region="us-east-1"`, `region="us-east-1"`},
				{"region:us*", "region:us*"},
			}},
			{"everything that begins with it", []Example{{"mi2*", "mi2*"}}},
			{"a comparison; without a field, of the price", []Example{
				{"price<20", "price<20"}, {"<20", "price<20"}, {"mem>=1tb", "mem>=1000"}, {"cpu>64", "cpu>64"},
			}},
			{"its GPUs hold a model: format, context, users",
				[]Example{{"fits:8b@fp8,32k,x4", "fits:8b@fp8,32k,x4"},
					{"fits:llama-3.1-70b@int4", "fits:llama-3.1-70b@int4"}}},
			{"figures of the GPU, and the price of a unit of them", []Example{
				{"bw>=2tb/s", "bw>=2000"}, {"tflops>300", "tflops>300"}, {"perbw<1", "perbw<1"},
				{"link:nvlink", "link:nvlink"},
			}},
			{"a range, a list", []Example{
				{"count:2..8", "count:2..8"}, {"price:..20", "price<=20"}, {"count:4,8", "count:4,8"},
				{"gpu:h100,h200", "gpu:h100,h200"},
			}},
			{"not this; on the command line after --",
				[]Example{{"-type:spot", "-type:spot"}, {"!type:spot", "-type:spot"}}},
			{"Runcrate gives no value", []Example{{"type:none", "type:none"}, {"mem:none", "mem:none"}}},
			{"this text in a GPU, a region or a type", []Example{{`"norway"`, `"norway"`}}},
			{"offers that changed since the last lists",
				[]Example{{"is:new", "is:new"}, {"is:up", "is:up"}, {"is:cheaper", "is:down"}}},
			{"no other one in the country has as much for less", []Example{{"is:unbeaten", "is:unbeaten"}}},
			{"the order", []Example{{"sort:-mem,price", " | -mem,price"}}},
		}
}
