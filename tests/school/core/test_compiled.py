"""The same SQL for the same statement, whichever way it is found; another one for another."""

from sqlalchemy import bindparam, create_engine, event, select
from sqlalchemy import literal_column as words

from school.core.compiled import MOST, CompiledStatements, know_statements


def test_a_statement_is_compiled_once_and_others_are_not_taken_for_it() -> None:
    engine = create_engine("sqlite://")
    know_statements(engine)
    compiled = []
    event.listen(engine, "before_cursor_execute", lambda *args: compiled.append(args[4].compiled))
    kept = select(words("1").label("a"), bindparam("b"))
    with engine.connect() as connection:
        assert [connection.execute(kept, {"b": n}).one() for n in (2, 3)] == [(1, 2), (1, 3)]
        assert connection.execute(select(words("1").label("a"), bindparam("b")), {"b": 4}).one() == (1, 4)
        assert connection.execute(select(words("2").label("a"), bindparam("b")), {"b": 5}).one() == (2, 5)
    assert compiled[0] is compiled[1] is compiled[2]
    assert compiled[3] is not compiled[0]


def test_statements_of_a_moment_do_not_pile_up() -> None:
    engine = create_engine("sqlite://")
    know_statements(engine)
    cache = engine.get_execution_options()["compiled_cache"]
    assert isinstance(cache, CompiledStatements)
    with engine.connect() as connection:
        for n in range(MOST + 50):
            statement = select(words(str(n)))
            assert connection.execute(statement).scalar() == n
            assert connection.execute(statement).scalar() == n
    assert len(cache) <= MOST * 1.5 + 1
    assert len(cache._near) <= MOST
