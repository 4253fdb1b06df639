"""The office's money: funds and their lines, spending against its plan, budget submissions."""
