--liquibase formatted sql

--changeset application:2
INSERT INTO by_liquibase (name) VALUES ('b');
