INSERT INTO by_flyway (name) VALUES ('b');
