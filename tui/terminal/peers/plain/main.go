// Command plain is the smallest program that shows the rows of a saved answer in a table. It checks nothing and filters
// nothing; command peers measures what gpupick's work costs against it.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"

	"github.com/charmbracelet/bubbles/table"
	tea "github.com/charmbracelet/bubbletea"
)

type app struct {
	table table.Model
	rows  int
}

func (a app) Init() tea.Cmd { return nil }

func (a app) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.table.SetHeight(msg.Height - 2)
	case tea.KeyMsg:
		if msg.String() == "ctrl+c" {
			return a, tea.Quit
		}
	}
	var cmd tea.Cmd
	a.table, cmd = a.table.Update(msg)
	return a, cmd
}

func (a app) View() string { return a.table.View() + "\n" + strconv.Itoa(a.rows) + " rows" }

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(path string) error {
	body, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var answer struct {
		Data []struct {
			ID     string  `json:"id"`
			GPU    string  `json:"gpu_type"`
			Count  int     `json:"gpu_count"`
			Region string  `json:"region"`
			Memory int     `json:"memory_gb"`
			Rate   float64 `json:"hourly_rate"`
		} `json:"data"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return err
	}
	rows := make([]table.Row, len(answer.Data))
	for i, o := range answer.Data {
		rows[i] = table.Row{o.ID, o.GPU, strconv.Itoa(o.Count), o.Region, strconv.Itoa(o.Memory), fmt.Sprint(o.Rate)}
	}
	columns := []table.Column{{Title: "id", Width: 40}, {Title: "gpu", Width: 25}, {Title: "count", Width: 5},
		{Title: "region", Width: 25}, {Title: "ram", Width: 8}, {Title: "price", Width: 10}}
	t := table.New(table.WithColumns(columns), table.WithRows(rows), table.WithFocused(true), table.WithHeight(40))
	_, err = tea.NewProgram(app{t, len(rows)}, tea.WithAltScreen()).Run()
	return err
}
