"""The class register: columns, marks, means, term marks, and the same facts as a diary."""
