package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"gpupick/api"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
	"gpupick/tui/export"
	"gpupick/tui/feed"
	"gpupick/tui/query"
	"gpupick/tui/terminal"
)

// print loads the list and writes the rows that match the filter, without a screen.
// If a page fails, it prints nothing.
func (r *run) print(ctx context.Context, w wanted, open opener) error {
	rows, _, err := r.loadAll(ctx, w.ask, open, r.tell, r.tellWait)
	if err != nil {
		return err
	}
	c := catalog.New(rows)
	asked, err := r.finish(c, w)
	if err != nil {
		return err
	}
	found := c.Run(asked).Rows.List()
	if err := r.write(w, found); err != nil || len(found) > 0 {
		return err
	}
	return &exitError{code: exitNoMatch, err: r.nothingMatched(c, w)}
}

// write writes the rows in w.format, at most w.limit of them.
func (r *run) write(w wanted, found []catalog.Row) error {
	matched := len(found)
	// before the limit, so that ids that are not written do not count
	found = slices.DeleteFunc(slices.Clone(found), func(row catalog.Row) bool { return !w.format.Prints(row.ID()) })
	if left := matched - len(found); left > 0 {
		r.tell((&export.UnsafeID{Rows: left, Changed: !w.format.InCommands()}).Error())
	}
	if len(found) == 0 && matched > 0 {
		return &exitError{code: exitFailure}
	}
	if w.limit > 0 && w.limit < len(found) {
		found = found[:w.limit]
	}
	format, out := *w.format, bufio.NewWriter(r.stdout)
	if width, is := terminal.Width(file(r.stdout), r.environ.Getenv); is {
		format = format.Fit(width)
	}
	err := format.Write(out, found)
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		return fmt.Errorf("cannot write the output: %w", err)
	}
	return nil
}

// nothingMatched returns an error that says why nothing was printed.
func (r *run) nothingMatched(c *catalog.Catalog, w wanted) error {
	if c.Len() == 0 && r.flags.file != "" {
		return fmt.Errorf("no offers in %s", r.flags.file)
	}
	if c.Len() == 0 {
		if asked := w.ask.String(); asked != "" {
			return fmt.Errorf("no offers are listed right now for %s", asked)
		}
		return errors.New("no offers are listed right now")
	}
	typed := c.Read(w.filter)
	for _, choice := range c.Choices(w.filter, typed, c.Run(typed.Query)) {
		if !choice.Remove {
			return fmt.Errorf("no offer matches %s (%d searched); did you mean %s?", w.filter, c.Len(), choice.Term)
		}
	}
	return fmt.Errorf("no offer matches %s (%d searched)", w.filter, c.Len())
}

// finish returns the query of the filter, read against the list in c, and prints notes on how words were
// read, such as an unfinished last one.
func (r *run) finish(c *catalog.Catalog, w wanted) (query.Query, error) {
	typed, said := c.Finish(w.filter)
	if typed.Err != nil {
		return query.Query{}, w.misread(typed.Err)
	}
	for _, sentence := range said {
		r.tellOnce(sentence)
	}
	return typed.Query.WithSort(w.query.Sort), nil
}

// loadAll reads all pages; whole is false if the service has more rows than it gives.
// say gets warnings about the rows, tell gets every pause.
func (r *run) loadAll(ctx context.Context, ask api.Ask, open opener, say func(string),
	tell func(api.Wait)) (rows api.Rows, whole bool, err error) {
	source, err := open()
	if err != nil {
		return rows, false, err
	}
	list, err := feed.All(ctx, source, ask, tell, func(page api.Page) {
		if page.Warning != "" {
			say(page.Warning)
		}
	})
	if err != nil {
		return rows, false, err
	}
	if list.Dropped > 0 {
		say(fmt.Sprintf("offers without a usable id: %d", list.Dropped))
	}
	if list.Remark != "" {
		say(fmt.Sprintf("%s loaded; %s: a cheaper one may be missing", cell.Offers(list.Rows.Len()), list.Remark))
	}
	return list.Rows, list.Remark == "", nil
}

// tellWait prints why and how long a run without a screen pauses.
func (r *run) tellWait(w api.Wait) {
	why, _ := api.Explain(w.Why)
	r.tell(fmt.Sprintf("%s; attempt %d of %d in %.1f s", why, w.Attempt, api.Attempts,
		max(time.Until(w.Until), 0).Seconds()))
}
