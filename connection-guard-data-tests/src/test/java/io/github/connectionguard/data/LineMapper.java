package io.github.connectionguard.data;

import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/**
 * Rows, by MyBatis.
 */
@Mapper
interface LineMapper {

	@Insert("INSERT INTO line (name) VALUES (#{name})")
	void insert(String name);

	@Select("SELECT CONNECTION_ID()")
	long connection();

}
