package api

import (
	"bytes"
	"strings"
)

// members reads an object and calls read for each name; read must read its value.
func (d *decoding) members(read func(name string) error) error {
	if _, err := d.tokens.ReadToken(); err != nil {
		return err
	}
	for d.tokens.PeekKind() != '}' {
		name, err := d.tokens.ReadValue()
		if err != nil {
			return err
		}
		if err := read(memberName(name)); err != nil {
			return err
		}
	}
	_, err := d.tokens.ReadToken()
	return err
}

// memberName returns a name without its quotes. The switch saves decoding the nine
// names that every row has.
func memberName(raw []byte) string {
	switch string(raw) {
	case `"id"`:
		return "id"
	case `"gpu_type"`:
		return "gpu_type"
	case `"gpu_count"`:
		return "gpu_count"
	case `"cpu_cores"`:
		return "cpu_cores"
	case `"memory_gb"`:
		return "memory_gb"
	case `"storage_gb"`:
		return "storage_gb"
	case `"region"`:
		return "region"
	case `"deployment_type"`:
		return "deployment_type"
	case `"hourly_rate"`:
		return "hourly_rate"
	}
	name, _ := stringValue(raw)
	return name
}

// rows reads the list of rows. A value that is neither a list nor null is skipped and
// is an *AnswerError.
func (d *decoding) rows() (page Page, err error) {
	switch kind := d.tokens.PeekKind(); kind {
	case '[':
	case 'n':
		return Page{Warning: "Runcrate sent no list (data is null)"}, d.tokens.SkipValue()
	default:
		if err := d.tokens.SkipValue(); err != nil {
			return page, err
		}
		return page, &AnswerError{Reason: "expected data to be a list"}
	}
	if _, err := d.tokens.ReadToken(); err != nil {
		return page, err
	}
	page.Rows.grow(d.expect, d.expect*expectID)
	for d.tokens.PeekKind() != ']' {
		added, err := d.row(&page.Rows)
		if err != nil {
			return page, err
		}
		if !added {
			page.Dropped++
		}
	}
	_, err = d.tokens.ReadToken()
	return page, err
}

// row reads one row and adds it to rows, unless it has no usable id.
func (d *decoding) row(rows *Rows) (added bool, err error) {
	if d.tokens.PeekKind() != '{' {
		return false, d.tokens.SkipValue()
	}
	var row InstanceType
	before := len(rows.ids)
	err = d.members(func(name string) error {
		raw, err := d.tokens.ReadValue()
		if err != nil {
			return err
		}
		switch name {
		case "id":
			rows.ids = append(rows.ids[:before], d.id(raw)...)
		case "gpu_type":
			row.GPUType = d.text(raw)
		case "gpu_count":
			v := number(raw)
			row.GPUCount, row.GPUShare = whole(v), share(v)
		case "cpu_cores":
			row.CPUCores = whole(number(raw))
		case "memory_gb":
			row.MemoryGB = whole(number(raw))
		case "storage_gb":
			row.StorageGB = whole(number(raw))
		case "region":
			row.Region = d.text(raw)
		case "deployment_type":
			row.DeploymentType = d.text(raw)
		case "hourly_rate":
			row.HourlyRate = rateOf(number(raw))
		}
		return nil
	})
	if added = err == nil && len(rows.ids) > before; added {
		rows.add(&row)
	} else {
		rows.ids = rows.ids[:before]
	}
	return added, err
}

// id returns the id in a JSON string, empty if there is none. It is not trimmed: a changed id is another id.
func (d *decoding) id(raw []byte) []byte {
	if raw[0] == '"' {
		if inside := raw[1 : len(raw)-1]; plainASCII(inside) && bytes.IndexByte(inside, '\\') < 0 &&
			!d.redact.suspects(inside) {
			return inside
		}
	}
	id, _ := stringValue(raw)
	return []byte(d.redact.clean(id))
}

// text returns the text in a JSON string, cleaned and trimmed; empty for other values. A text that many rows share is
// cleaned and kept once.
func (d *decoding) text(raw []byte) string {
	if text, known := d.texts[string(raw)]; known {
		return text
	}
	s, _ := stringValue(raw)
	text := strings.TrimSpace(d.redact.clean(s))
	if len(d.texts) < sharedMost && len(raw) <= sharedLong {
		d.texts[string(raw)] = text
	}
	return text
}

func (d *decoding) meta(page *Page) error {
	if d.tokens.PeekKind() != '{' {
		return d.tokens.SkipValue()
	}
	return d.members(func(name string) error {
		raw, err := d.tokens.ReadValue()
		if err != nil {
			return err
		}
		switch name {
		case "cursor":
			// not cleaned: it is sent back escaped and never drawn
			page.Cursor, _ = stringValue(raw)
			if len(page.Cursor) > cursorBudget || d.redact.mask(page.Cursor) != page.Cursor {
				page.Cursor = "" // too long to keep, or it would put the key into an address
			}
		case "hasMore":
			page.HasMore = string(raw) == "true"
		case "total":
			page.Total = whole(number(raw))
		case "requestId":
			id, _ := stringValue(raw)
			page.RequestID = strings.TrimSpace(d.redact.clean(id))
		}
		return nil
	})
}
